package dev.mall.saga.checkout;

import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static dev.mall.saga.engine.definition.Verdict.advance;
import static dev.mall.saga.engine.definition.Verdict.contradict;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.mall.contracts.InventoryCommand.RestockOrder;
import dev.mall.contracts.InventoryReply.OrderRestocked;
import dev.mall.contracts.InventoryReply.RestockRefused;
import dev.mall.contracts.NotificationCommand.NotifyOfReturn;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.OrderCommand.ReturnOrder;
import dev.mall.contracts.OrderEvent.ReturnRequested;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.engine.definition.RetryPolicy;
import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.SagaTurn;
import dev.mall.saga.engine.definition.Verdict;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The return of a confirmed order that its customer cancelled. No step of it may fail. */
@Configuration(proxyBeanMethods = false)
class CancelOrderSaga {

  @Bean
  Saga<ReturnRequested> cancelOrder() {
    return new Saga<>(List.of(version1()), 1, SagaTurn.FOLLOW_UP);
  }

  static SagaDefinition<ReturnRequested> version1() {
    return saga("cancel-order", 1, ReturnRequested.class, CancelOrderSaga::verdict)
        .defaultTimeout(ofSeconds(10), new RetryPolicy(2, ofMinutes(1), 0.2))
        .retriable("refund-order", (key, _) -> new RefundPayment(key))
        .retriable("restock", (key, _) -> new RestockOrder(key))
        .retriable("return", (key, _) -> new ReturnOrder(key))
        .retriable("notify-return", CancelOrderSaga::notification)
        .build();
  }

  private static Verdict verdict(Reply reply) {
    return switch (reply) {
      case PaymentRefunded(_, var refundedMinor) when refundedMinor == 0 ->
          contradict("nothing was charged that could be refunded");
      case PaymentRefunded _, OrderRestocked _, OrderSettled _, CustomerNotified _ -> advance();
      case RestockRefused _ -> contradict("nothing was sold that could be restocked");
      case SettlementRefused(_, var why) -> contradict("the order cannot be returned: " + why);
      default -> contradict("a reply to another saga");
    };
  }

  private static NotifyOfReturn notification(StepKey key, ReturnRequested order) {
    return new NotifyOfReturn(key, order.customerId(), order.totalMinor(), order.currency());
  }
}
