package dev.mall.contracts;

import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import java.util.List;

/** A request of a saga to a service, which answers with a {@link Reply}. */
public sealed interface Command extends Message
    permits InventoryCommand,
        PaymentCommand,
        OrderCommand,
        NotificationCommand,
        Command.TransactionCommand {

  StepKey step();

  @Override
  default String key() {
    return Long.toString(step().orderId());
  }

  /**
   * Commands of the coordinator of a two-phase commit to its participants. A participant has one
   * transaction per order at most, whichever step and round asks for it.
   */
  sealed interface TransactionCommand extends Command {

    /**
     * Phase one: do the work in a transaction, leave it prepared and vote. A vote against it is the
     * reply that the work is refused with.
     */
    sealed interface Prepare extends TransactionCommand {}

    /**
     * Phase two, of a transaction that was prepared or may be yet. Travels apart from phase one,
     * which waits for locks that this one frees.
     */
    sealed interface Decide extends TransactionCommand {

      /** Whether it is committed; otherwise it is rolled back, and a later preparation refused. */
      boolean commits();
    }

    /** Sell all lines, once the transaction is committed. */
    record PrepareStock(StepKey step, String customerId, List<Line> lines) implements Prepare {}

    record CommitStock(StepKey step) implements Decide {
      @Override
      public boolean commits() {
        return true;
      }
    }

    record RollBackStock(StepKey step) implements Decide {
      @Override
      public boolean commits() {
        return false;
      }
    }

    /**
     * Take the money, once the transaction is committed.
     *
     * @param totalMinor minor units of {@code currency}; above zero
     * @param currency ISO 4217
     */
    record PreparePayment(
        StepKey step, String customerId, long totalMinor, String currency, PaymentMethod method)
        implements Prepare {}

    record CommitPayment(StepKey step) implements Decide {
      @Override
      public boolean commits() {
        return true;
      }
    }

    record RollBackPayment(StepKey step) implements Decide {
      @Override
      public boolean commits() {
        return false;
      }
    }
  }
}
