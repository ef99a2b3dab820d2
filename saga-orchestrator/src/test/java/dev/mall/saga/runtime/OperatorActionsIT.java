package dev.mall.saga.runtime;

import static dev.mall.contracts.PaymentReply.DeclineReason.NO_WALLET;
import static dev.mall.saga.checkout.Replies.paymentDeclined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.Signal.Decided;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators' actions that compete with each other and with replies. */
class OperatorActionsIT extends RunnerFixture {

  @Test
  void letsOneOfTwoActsWin() throws Exception {
    for (int round = 0; round < 10; round++) {
      long order = waitingForPay();

      var outcomes =
          atOnce(
              () -> act(order, OperatorAction.RETRY, 1),
              () -> act(order, OperatorAction.COMPENSATE, 1));

      assertThat(outcomes).filteredOn(OperatorActionOutcome.Done.class::isInstance).hasSize(1);
      assertThat(column("lines", order)).isEqualTo(3);
    }
  }

  @Test
  void letsAnActOrTheReplyWin() throws Exception {
    for (int round = 0; round < 10; round++) {
      long order = waitingForPay();

      var outcomes =
          atOnce(
              () -> act(order, OperatorAction.SETTLE, 1),
              () -> {
                runner.handle(List.of(answer(order, "pay", paymentDeclined(NO_WALLET))));
                return null;
              });

      boolean settled = outcomes.getFirst() instanceof OperatorActionOutcome.Done;
      assertThat(column("step", order)).isEqualTo(settled ? "commit" : "release");
      assertThat(column("lines", order)).isEqualTo(3);
    }
  }

  @Test
  void undoesAnActWhoseAuditCannotBeWritten() {
    long order = waitingForPay();

    assertThatThrownBy(() ->
            runner.act(
                order,
                decided(OperatorAction.COMPENSATE, 1),
                _ -> {
                  throw new IllegalStateException("no audit");
                }))
        .hasMessage("no audit");

    assertThat(column("state", order)).isEqualTo("RUNNING");
    assertThat(sent(order)).doesNotContain("RefundPayment");
  }

  private static OperatorActionOutcome act(long order, OperatorAction act, int round) {
    return runner.act(order, decided(act, round), _ -> {});
  }

  private static Decided decided(OperatorAction act, int round) {
    return new Decided(act, new OperatorAction.Place("pay", round), "grace", "a test");
  }

  private static List<OperatorActionOutcome> atOnce(
      Query<OperatorActionOutcome> one, Query<OperatorActionOutcome> other) throws Exception {
    var start = new CyclicBarrier(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var running =
          Stream.of(one, other)
              .map(query ->
                  threads.submit(() -> {
                    start.await();
                    return query.run();
                  }))
              .toList();
      return Arrays.asList(running.getFirst().get(), running.getLast().get());
    }
  }
}
