package dev.mall.saga.checkout;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.reservationCommitted;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static dev.mall.saga.engine.SagaScript.ID;
import static dev.mall.saga.engine.SagaScript.saga;

import dev.mall.contracts.Command;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.saga.engine.SagaScript;
import dev.mall.saga.engine.definition.SagaDefinition;
import java.util.Map;

/** Place-order sagas that have come as far as a step. */
abstract class PlaceOrderScripts {

  final SagaDefinition<OrderPlaced> placeOrder = PlaceOrderSaga.version1(Map.of());
  final OrderPlaced order = anOrder(ID);

  SagaScript<OrderPlaced> started() {
    return saga(placeOrder).starts(order).sends(ReserveStock.class);
  }

  SagaScript<OrderPlaced> reserved() {
    return started().on(stockReserved()).sends(ChargePayment.class);
  }

  SagaScript<OrderPlaced> paid() {
    return reserved().on(paymentCharged()).sends(CommitReservation.class);
  }

  SagaScript<OrderPlaced> committed() {
    return paid().on(reservationCommitted()).sends(ConfirmOrder.class);
  }

  /** Ten minutes in all: after 10, 20 and 40 seconds, then once a minute. */
  static SagaScript<OrderPlaced> unanswered(
      SagaScript<OrderPlaced> script, Class<? extends Command> asked) {
    for (int attempt = 2; attempt <= 12; attempt++) {
      script.onDeadline().sendsAgain(asked);
    }
    return script;
  }
}
