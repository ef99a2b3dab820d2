package dev.mall.payment.query.web;

import dev.mall.payment.query.FindPayments;
import dev.mall.web.input.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
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
          "Its status and amounts. Empty until payment-service was asked about the order's money.")
  Page<PaymentView> payments(
      @Parameter(description = "The order's id.") @RequestParam long orderId) {
    return new Page<>(payments.ofOrder(orderId).stream().map(PaymentView::of).toList(), null);
  }
}
