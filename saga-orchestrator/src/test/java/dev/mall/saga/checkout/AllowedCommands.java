package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.Command.TransactionCommand;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryCommand.RestockOrder;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationCommand.NotifyOfReturn;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderCommand.ReturnOrder;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.Reply;
import java.util.HashSet;
import java.util.Set;

/** The rules of the checkout, written once more without its definition. */
final class AllowedCommands implements SagaRules {

  private final Set<Class<?>> asked = new HashSet<>();
  private final Set<Class<?>> askedInRounds = new HashSet<>();
  private final Set<Class<?>> replies = new HashSet<>();
  private final Set<String> settled = new HashSet<>();

  @Override
  public void received(Reply reply) {
    replies.add(reply.getClass());
    if (reply instanceof OrderSettled) {
      settled.add(reply.step().step());
    }
  }

  @Override
  public void sent(Command command) {
    boolean allowed =
        switch (command) {
          case ReserveStock _ -> nothingUndone();
          case ChargePayment _ -> replies.contains(StockReserved.class) && nothingUndone();
          case CommitReservation _ -> replies.contains(PaymentCharged.class) && nothingUndone();
          case ConfirmOrder _ -> replies.contains(ReservationCommitted.class) && nothingUndone();
          case RefundPayment _ -> mayHaveBeenCharged() && nothingSold();
          case ReleaseReservation _ -> moneyIsBack() && nothingSold();
          case CancelOrder _ -> moneyIsBack() && stockIsBack() && nothingSold();
          case AuthorizePayment _, CapturePayment _, VoidPayment _ -> false;
          case TransactionCommand _ -> false;
          case RestockOrder _, ReturnOrder _, NotifyOfReturn _ -> false;
          case NotifyCustomer news ->
              settled.contains(news.reason() == null ? "confirm" : "cancel");
        };
    assertThat(allowed).describedAs("%s after %s and %s", command, asked, replies).isTrue();
    asked.add(command.getClass());
    if (command.step().round() > 1) {
      askedInRounds.add(command.getClass());
    }
  }

  private boolean mayHaveBeenCharged() {
    return asked.contains(ChargePayment.class) || replies.contains(PaymentCharged.class);
  }

  private boolean nothingUndone() {
    return !asked.contains(RefundPayment.class)
        && !asked.contains(ReleaseReservation.class)
        && !asked.contains(CancelOrder.class);
  }

  private boolean nothingSold() {
    return !asked.contains(ConfirmOrder.class)
        && (!asked.contains(CommitReservation.class) || replies.contains(CommitRefused.class));
  }

  /** A no to one round is no answer to the others, which may be done yet: those are undone. */
  private boolean moneyIsBack() {
    return !mayHaveBeenCharged()
        || replies.contains(PaymentRefunded.class)
        || (replies.contains(PaymentDeclined.class)
            && !askedInRounds.contains(ChargePayment.class));
  }

  private boolean stockIsBack() {
    boolean refused = replies.contains(OutOfStock.class) || replies.contains(ReserveRefused.class);
    return !asked.contains(ReserveStock.class)
        || replies.contains(ReservationReleased.class)
        || (refused && !askedInRounds.contains(ReserveStock.class));
  }
}
