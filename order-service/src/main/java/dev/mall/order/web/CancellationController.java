package dev.mall.order.web;

import dev.mall.order.OrderRefused;
import dev.mall.order.cancel.RequestCancellation;
import dev.mall.order.query.FindOrders;
import dev.mall.security.Callers;
import dev.mall.web.openapi.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Cancellations of orders by their customers. */
@RestController
@Tag(name = "Orders")
class CancellationController {

  /** One line of printable text that is not blank. */
  private static final String TEXT =
      "[^\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}][^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]{0,199}";

  private final RequestCancellation cancellations;
  private final FindOrders find;

  CancellationController(RequestCancellation cancellations, FindOrders find) {
    this.cancellations = cancellations;
    this.find = find;
  }

  /** The body of the request. */
  record CancellationRequest(
      @NotNull
          @Pattern(
              regexp = TEXT,
              message = "must be a line of 1 to 200 printable characters, the first not blank")
          @Schema(description = "Shown in the order's timeline.", example = "ordered twice")
          String reason) {}

  /** Idempotent: a repeated request changes nothing and shows how far the cancellation is. */
  @PostMapping("/orders/{id}/cancellation")
  @Operation(
      summary = "Cancel an order",
      description =
          "A pending order is called off, if its stock is not committed yet; a confirmed one is refunded and restocked,"
              + " and is RETURNED then. May be repeated; the first reason stays.")
  @ApiResponse(
      responseCode = "202",
      description = "Accepted: ask for the order until it is CANCELLED or RETURNED.",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "200",
      description = "Requested before, and done.",
      useReturnTypeSchema = true)
  @Refuses({
    OrderRefused.Unknown.class,
    OrderRefused.CancelledBefore.class,
    OrderRefused.CancellationWindowOver.class
  })
  ResponseEntity<OrderView> cancel(
      @Parameter(description = "The order's id.") @PathVariable long id,
      @Valid @RequestBody CancellationRequest request,
      HttpServletRequest http) {
    var visible = Callers.visibleTo(http);
    cancellations.request(id, request.reason(), visible);
    var order = find.order(id, visible);
    var status = order.state().isUndone() ? HttpStatus.OK : HttpStatus.ACCEPTED;
    return ResponseEntity.status(status).body(OrderView.of(order));
  }
}
