package dev.mall.saga.engine.definition;

import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static dev.mall.saga.engine.definition.SagaTurn.FIRST;
import static dev.mall.saga.engine.definition.SagaTurn.FOLLOW_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.OrderEvent.OrderCancelled;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class SagaDefinitionsTest {

  private final SagaDefinitions definitions =
      new SagaDefinitions(
          List.of(
              sagaOf(FIRST, "confirm", OrderConfirmed.class),
              sagaOf(FOLLOW_UP, "undo", OrderCancelled.class)));

  @Test
  void startsEachSagaOfAnOrderUnderAnIdOfItsOwn() {
    assertThat(definitions.sagaStartedBy(new OrderConfirmed(7), 7)).isEqualTo(7);
    assertThat(definitions.sagaStartedBy(new OrderCancelled(7, CancelReason.OPERATOR), 7))
        .isEqualTo(-7);
    assertThat(SagaTurn.orderOf(7)).isEqualTo(SagaTurn.orderOf(-7)).isEqualTo(7);
  }

  @Test
  void assignsAReplyByTheNameOfItsStep() {
    assertThat(definitions.sagaAt(new StepKey(7, "confirm", 1))).isEqualTo(7);
    assertThat(definitions.sagaAt(new StepKey(7, "undo", 2))).isEqualTo(-7);
    assertThat(definitions.sagaAt(new StepKey(7, "of-another-release", 1))).isEqualTo(7);
  }

  @Test
  void refusesSagasOfOneOrderThatShareAStepName() {
    var sagas =
        List.of(
            sagaOf(FIRST, "confirm", OrderConfirmed.class),
            sagaOf(FOLLOW_UP, "confirm", OrderCancelled.class));

    assertThatThrownBy(() -> new SagaDefinitions(sagas)).hasMessageContaining("step confirm");
  }

  private static <E extends OrderEvent> Saga<E> sagaOf(
      SagaTurn turn, String step, Class<E> startedBy) {
    var definition =
        saga(turn.name(), 1, startedBy, _ -> Verdict.advance())
            .retriable(step, (key, _) -> new ConfirmOrder(key))
            .build();
    return new Saga<>(List.of(definition), 1, turn);
  }
}
