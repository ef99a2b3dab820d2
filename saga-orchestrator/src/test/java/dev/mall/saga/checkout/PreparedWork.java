package dev.mall.saga.checkout;

import dev.mall.contracts.Command.TransactionCommand;
import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.PreparePayment;
import dev.mall.contracts.Command.TransactionCommand.PrepareStock;
import dev.mall.contracts.Command.TransactionCommand.RollBackPayment;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.Reply;
import dev.mall.contracts.Reply.TransactionReply.DecisionRefused;
import dev.mall.contracts.Reply.TransactionReply.PrepareRefused;
import dev.mall.contracts.Reply.TransactionReply.TransactionCommitted;
import dev.mall.contracts.Reply.TransactionReply.TransactionPrepared;
import dev.mall.contracts.Reply.TransactionReply.TransactionRolledBack;
import dev.mall.contracts.values.StepKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Participants of a two-phase commit as their coordinator sees them. */
final class PreparedWork {

  private enum State {
    PREPARED,
    COMMITTED,
    ROLLED_BACK
  }

  private final Map<Long, State> sales = new HashMap<>();
  private final Map<Long, State> payments = new HashMap<>();
  private final Map<Long, Long> quantities = new HashMap<>();
  private final Map<Long, Long> totals = new HashMap<>();
  private final Participants shop;

  /**
   * @param shop with the stock and the money
   */
  PreparedWork(Participants shop) {
    this.shop = shop;
  }

  Reply decide(TransactionCommand command) {
    return switch (command) {
      case PrepareStock prepare -> prepare(prepare);
      case PreparePayment prepare -> prepare(prepare);
      case CommitStock(var step) -> commit(step, sales);
      case CommitPayment(var step) -> commit(step, payments);
      case RollBackStock(var step) -> {
        shop.available += prepared(step, sales) ? quantities.get(step.orderId()) : 0;
        yield rollBack(step, sales);
      }
      case RollBackPayment(var step) -> {
        shop.balance += prepared(step, payments) ? totals.get(step.orderId()) : 0;
        yield rollBack(step, payments);
      }
    };
  }

  private Reply prepare(PrepareStock command) {
    var step = command.step();
    long quantity = command.lines().getFirst().quantity();
    if (sales.containsKey(step.orderId())) {
      return again(step, sales);
    }
    if (shop.available < quantity) {
      sales.put(step.orderId(), State.ROLLED_BACK);
      return new OutOfStock(step, List.of());
    }
    shop.available -= quantity;
    quantities.put(step.orderId(), quantity);
    sales.put(step.orderId(), State.PREPARED);
    return new TransactionPrepared(step);
  }

  private Reply prepare(PreparePayment command) {
    var step = command.step();
    if (payments.containsKey(step.orderId())) {
      return again(step, payments);
    }
    if (shop.balance < command.totalMinor()) {
      payments.put(step.orderId(), State.ROLLED_BACK);
      return new PaymentDeclined(step, DeclineReason.INSUFFICIENT_FUNDS);
    }
    shop.balance -= command.totalMinor();
    totals.put(step.orderId(), command.totalMinor());
    payments.put(step.orderId(), State.PREPARED);
    return new TransactionPrepared(step);
  }

  private static Reply again(StepKey step, Map<Long, State> transactions) {
    return transactions.get(step.orderId()) == State.ROLLED_BACK
        ? new PrepareRefused(step)
        : new TransactionPrepared(step);
  }

  private static Reply commit(StepKey step, Map<Long, State> transactions) {
    transactions.replace(step.orderId(), State.PREPARED, State.COMMITTED);
    return transactions.get(step.orderId()) == State.COMMITTED
        ? new TransactionCommitted(step)
        : new DecisionRefused(step, false);
  }

  private static Reply rollBack(StepKey step, Map<Long, State> transactions) {
    if (transactions.get(step.orderId()) == State.COMMITTED) {
      return new DecisionRefused(step, true);
    }
    transactions.put(step.orderId(), State.ROLLED_BACK);
    return new TransactionRolledBack(step);
  }

  private static boolean prepared(StepKey step, Map<Long, State> transactions) {
    return transactions.get(step.orderId()) == State.PREPARED;
  }
}
