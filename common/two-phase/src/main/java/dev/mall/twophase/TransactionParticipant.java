package dev.mall.twophase;

import dev.mall.contracts.Command.TransactionCommand;
import dev.mall.contracts.Command.TransactionCommand.Decide;
import dev.mall.contracts.Command.TransactionCommand.Prepare;
import dev.mall.contracts.Reply;
import dev.mall.contracts.Reply.TransactionReply.DecisionRefused;
import dev.mall.contracts.Reply.TransactionReply.PrepareRefused;
import dev.mall.contracts.Reply.TransactionReply.TransactionCommitted;
import dev.mall.contracts.Reply.TransactionReply.TransactionPrepared;
import dev.mall.contracts.Reply.TransactionReply.TransactionRolledBack;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.idempotency.Answers;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.outbox.Outbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Follows the coordinator's commands, one transaction per order. Every command may come again: the
 * vote is repeated while the transaction is prepared, and the end is known from its row. Only a
 * refusal is a stored reply; a stored vote for the commit would outlive its transaction.
 *
 * <p>A vote against the commit is written in the transaction that refuses; a vote for it in a
 * second one, because the first one's rows are invisible until the decision. A crash between both
 * costs nothing: the command comes again and finds the transaction prepared.
 */
public final class TransactionParticipant {

  private final PreparedTransactions prepared;
  private final ReplyLog replies;
  private final Outbox outbox;
  private final TransactionOperations transaction;

  public TransactionParticipant(
      PreparedTransactions prepared,
      ReplyLog replies,
      Outbox outbox,
      TransactionOperations transaction) {
    this.prepared = prepared;
    this.replies = replies;
    this.outbox = outbox;
    this.transaction = transaction;
  }

  /**
   * @param work runs in the transaction that is to be prepared and returns empty if it agrees;
   *     otherwise the reply with which it refuses, and what it wrote is committed
   */
  public <P extends Prepare> void prepare(
      InboundMessage<P> received, Function<P, Optional<? extends Reply>> work) {
    var step = received.message().step();
    var vote =
        prepared.prepare(
            step.orderId(),
            () -> {
              var refusal = work.apply(received.message());
              refusal.ifPresent(reply -> refuse(received, reply));
              return refusal.isEmpty();
            });
    switch (vote) {
      case PREPARED, COMMITTED_BEFORE -> report(received, new TransactionPrepared(step));
      case ROLLED_BACK_BEFORE ->
          transaction.executeWithoutResult(_ -> refuse(received, new PrepareRefused(step)));
      case REFUSED -> {} // answered by the work
    }
  }

  /** Ends the order's transaction as decided, or reports that it had ended otherwise. */
  public void decide(InboundMessage<? extends Decide> received) {
    var decision = received.message();
    report(received, decision.commits() ? commit(decision.step()) : rollBack(decision.step()));
  }

  /** Leaves a tombstone where nothing was prepared: a preparation that comes later is refused. */
  private Reply commit(StepKey step) {
    var end = prepared.commit(step.orderId()).orElseGet(() -> prepared.rollBack(step.orderId()));
    return switch (end) {
      case COMMITTED -> new TransactionCommitted(step);
      case ROLLED_BACK -> new DecisionRefused(step, false);
    };
  }

  private Reply rollBack(StepKey step) {
    return switch (prepared.rollBack(step.orderId())) {
      case ROLLED_BACK -> new TransactionRolledBack(step);
      case COMMITTED -> new DecisionRefused(step, true);
    };
  }

  /** The state of the order's transaction, read again for each command. */
  private void report(InboundMessage<? extends TransactionCommand> received, Reply reply) {
    transaction.executeWithoutResult(
        _ -> outbox.append(List.of(OutboundMessage.inReplyTo(received, reply))));
  }

  /** A repeated command gets the refusal that is stored. */
  private <P extends Prepare> void refuse(InboundMessage<P> received, Reply refusal) {
    replies.answer(List.of(received), _ -> Answers.of(List.of(refusal)));
  }
}
