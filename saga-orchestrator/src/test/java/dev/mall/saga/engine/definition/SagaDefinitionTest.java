package dev.mall.saga.engine.definition;

import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SagaDefinitionTest {

  private enum Reason {
    SILENCE
  }

  @Test
  void takesItsPivotAfterAllThatCanBeUndone() {
    refuses(saga -> saga.retriable("b", (key, _) -> new CommitReservation(key)), "compensatable");
    refuses(saga -> saga.pivot("b", (key, _) -> new CommitReservation(key)), "compensatable");
  }

  @Test
  void hasOnePivotAtMost() {
    refuses(
        saga ->
            compensatable(saga, "z", "unz")
                .pivot("b", (key, _) -> new CommitReservation(key))
                .pivot("c", (key, _) -> new CommitReservation(key)),
        "pivot");
  }

  @Test
  void namesNoTwoRequestsAlike() {
    refuses(saga -> compensatable(saga, "a", "other"), "two steps named a");
    refuses(saga -> compensatable(saga, "other", "una"), "two steps named una");
    refuses(saga -> compensatable(saga, "end", "unend"), "two steps named end");
    refuses(saga -> compensatable(saga, "b,c", "unb"), "b,c");
  }

  @Test
  void knowsHowLongToWaitForWhatItCanUndo() {
    refuses(
        saga ->
            saga.compensatable("b", (key, _) -> new CommitReservation(key))
                .compensatedBy("unb", (key, _) -> new CommitReservation(key)),
        "given up");
  }

  /** Adds nonsense before the one sensible step of a saga. */
  private static void refuses(UnaryOperator<SagaBuilder<OrderConfirmed>> nonsense, String why) {
    var builder = saga("test", 1, OrderConfirmed.class, _ -> Verdict.advance());
    var complete =
        compensatable(nonsense.apply(builder), "a", "una")
            .afterCompensation("end", (key, _, _) -> new CommitReservation(key));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> complete.build(Map.of()))
        .withMessageContaining(why);
  }

  private static SagaBuilder<OrderConfirmed> compensatable(
      SagaBuilder<OrderConfirmed> saga, String name, String undo) {
    return saga.compensatable(name, (key, _) -> new CommitReservation(key))
        .compensatedBy(undo, (key, _) -> new CommitReservation(key))
        .giveUpAfter(Duration.ofMinutes(1), Reason.SILENCE);
  }
}
