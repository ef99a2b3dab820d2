package dev.mall.example;

import static dev.mall.contracts.values.CancelReason.OPERATOR;
import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static dev.mall.contracts.values.CancelReason.RESERVATION_EXPIRED;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static dev.mall.saga.engine.definition.Verdict.advance;
import static dev.mall.saga.engine.definition.Verdict.contradict;
import static dev.mall.saga.engine.definition.Verdict.refuse;
import static java.time.Duration.ofMinutes;

import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.Verdict;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A second saga, to show that one file is enough: sends a replacement for an order. */
@Configuration(proxyBeanMethods = false)
public class ReplacementSaga {

  @Bean
  Saga<OrderConfirmed> replacement() {
    return Saga.of(
        saga("send-replacement", 1, OrderConfirmed.class, ReplacementSaga::verdict)
            .cancelledByOperatorAs(OPERATOR)
            .compensatable("reserve-replacement", (key, _) -> reserve(key))
            .compensatedBy("release-replacement", (key, _) -> new ReleaseReservation(key))
            .giveUpAfter(ofMinutes(1), TIMED_OUT)
            .pivot("send-replacement", (key, _) -> new CommitReservation(key))
            .retriable("announce", (key, _) -> new NotifyCustomer(key, "ada", 0, "EUR", null))
            .afterCompensation("apologise", (key, _, why) -> apology(key, why))
            .build());
  }

  private static Verdict verdict(Reply reply) {
    return switch (reply) {
      case StockReserved _, ReservationReleased _, ReservationCommitted _ -> advance();
      case CustomerNotified _ -> advance();
      case OutOfStock(_, var missing) -> refuse(OUT_OF_STOCK, missing);
      case CommitRefused(_, var missing) -> refuse(RESERVATION_EXPIRED, missing);
      case ReserveRefused _ -> refuse(TIMED_OUT, "released before");
      default -> contradict("unexpected: " + reply);
    };
  }

  private static ReserveStock reserve(StepKey key) {
    return new ReserveStock(key, "ada", List.of(new Line("tea", 1)));
  }

  private static NotifyCustomer apology(StepKey key, String why) {
    return new NotifyCustomer(key, "ada", 0, "EUR", CancelReason.valueOf(why));
  }
}
