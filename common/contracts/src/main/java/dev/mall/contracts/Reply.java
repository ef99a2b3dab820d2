package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** A service's answer to a {@link Command}, under the command's own {@link StepKey}. */
public sealed interface Reply extends Message
    permits InventoryReply, PaymentReply, OrderReply, NotificationReply, Reply.TransactionReply {

  StepKey step();

  @Override
  default String key() {
    return Long.toString(step().orderId());
  }

  /** Replies of a participant in a two-phase commit. */
  sealed interface TransactionReply extends Reply {

    /** The vote for the commit: the work is done, survives a crash and waits for the decision. */
    record TransactionPrepared(StepKey step) implements TransactionReply {}

    /** Nothing is prepared: the order's transaction was refused or rolled back before. */
    record PrepareRefused(StepKey step) implements TransactionReply {}

    record TransactionCommitted(StepKey step) implements TransactionReply {}

    /** Nothing is prepared for this order any more, nor will be. */
    record TransactionRolledBack(StepKey step) implements TransactionReply {}

    /**
     * The transaction ended the other way; a coordinator that receives this is inconsistent with
     * the participant, or an operator decided before it did.
     *
     * @param committed whether it was committed; otherwise it was rolled back, or never prepared
     */
    record DecisionRefused(StepKey step, boolean committed) implements TransactionReply {}
  }
}
