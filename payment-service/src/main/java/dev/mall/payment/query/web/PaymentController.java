package dev.mall.payment.query.web;

import dev.mall.payment.query.FindPayments;
import dev.mall.payment.query.PaymentSummary;
import dev.mall.payment.query.PaymentSummary.Payer;
import dev.mall.security.Callers;
import dev.mall.web.input.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/payments")
@Tag(name = "Payments")
class PaymentController {

  private final FindPayments payments;

  PaymentController(FindPayments payments) {
    this.payments = payments;
  }

  @GetMapping
  @Operation(
      summary = "An order's payment",
      description =
          "Its status and amounts. Empty until payment-service was asked about the order's money, and for another"
              + " customer's order.")
  Page<PaymentView> payments(
      @Parameter(description = "The order's id.") @RequestParam long orderId,
      HttpServletRequest http) {
    var visible = Callers.visibleTo(http);
    var found = payments.ofOrder(orderId).filter(it -> visible.test(payerOf(it)));
    return new Page<>(found.stream().map(PaymentView::of).toList(), null);
  }

  /** None if the payment was called off before it began: it is of no customer then. */
  private static String payerOf(PaymentSummary payment) {
    return Optional.ofNullable(payment.payer()).map(Payer::customerId).orElse("");
  }
}
