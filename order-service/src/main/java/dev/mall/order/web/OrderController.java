package dev.mall.order.web;

import dev.mall.messaging.batch.MicroBatcher;
import dev.mall.messaging.envelope.TraceContext;
import dev.mall.order.CheckoutProperties;
import dev.mall.order.Order;
import dev.mall.order.OrderRefused;
import dev.mall.order.OrderStatus;
import dev.mall.order.place.PlaceOrder;
import dev.mall.order.place.Placement;
import dev.mall.order.query.FindOrders;
import dev.mall.order.query.OrderFilter;
import dev.mall.security.Callers;
import dev.mall.web.input.Cursor;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.input.Page;
import dev.mall.web.input.Replayed;
import dev.mall.web.openapi.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders over HTTP. */
@RestController
@RequestMapping("/orders")
@Tag(name = "Orders")
class OrderController {

  private final MicroBatcher<PlaceOrder, Placement> placements;
  private final OutcomeWaiter outcomes;
  private final FindOrders find;
  private final CheckoutProperties checkouts;

  OrderController(
      MicroBatcher<PlaceOrder, Placement> placements,
      OutcomeWaiter outcomes,
      FindOrders find,
      CheckoutProperties checkouts) {
    this.placements = placements;
    this.outcomes = outcomes;
    this.find = find;
    this.checkouts = checkouts;
  }

  /** Answers 202 while the order is pending, 200 once it is final. */
  @PostMapping
  @Operation(
      summary = "Place an order",
      description =
          "Accepts the order at today's prices, and starts its checkout. `Prefer: wait=N` waits for the outcome."
              + " With `expectedTotalMinor` an order at another total is refused.")
  @ApiResponse(
      responseCode = "202",
      description = "Accepted, not final yet: ask again at `Location`.",
      useReturnTypeSchema = true,
      headers =
          @Header(
              name = HttpHeaders.LOCATION,
              description = "The order's path.",
              schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "200",
      description = "Accepted and final: `status` says how it ended.",
      useReturnTypeSchema = true,
      headers =
          @Header(
              name = HttpHeaders.LOCATION,
              description = "The order's path.",
              schema = @Schema(type = "string")))
  @Refuses({
    OrderRefused.PriceChanged.class,
    OrderRefused.KeyBusy.class,
    OrderRefused.KeyReused.class,
    OrderRefused.CheckoutNotAllowed.class,
    OrderRefused.UnknownSku.class,
    OrderRefused.MixedCurrencies.class,
    OrderRefused.TotalTooLarge.class,
    OrderRefused.TooManyDeclinedPayments.class,
    OrderRefused.TooManyOpen.class,
    OrderRefused.NoPrices.class
  })
  ResponseEntity<OrderView> place(
      @RequestBody @Valid PlaceOrderRequest request,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestHeader(name = WaitPreference.HEADER, required = false) @Nullable String prefer,
      @Parameter(
              description =
                  "The protocol that the order follows, of those that the mall allows; without it, the first of them.",
              example = "SAGA")
          @RequestHeader(name = CheckoutProperties.HEADER, required = false)
          @Nullable String checkout,
      HttpServletRequest http) {
    var wait = WaitPreference.parse(prefer);
    var command =
        request.toCommand(
            Callers.customer(http, request.customerId()),
            checkouts.chosenBy(checkout),
            IdempotencyKey.parse(key),
            TraceContext.current());
    var placed =
        switch (placements.submit(command)) {
          case Placement.Accepted accepted -> accepted;
          case Placement.Refused(OrderRefused.UnknownSku why) -> throw request.refusal(why);
          case Placement.Refused(var why) -> throw why;
        };
    var answer =
        wait.isPresent()
            ? outcome(placed.order(), wait.get())
            : answer(placed.order(), Optional.empty());
    return placed.isNew() ? answer : replayed(answer);
  }

  private static ResponseEntity<OrderView> replayed(ResponseEntity<OrderView> answer) {
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header(Replayed.HEADER, "true")
        .body(answer.getBody());
  }

  private ResponseEntity<OrderView> outcome(Order order, WaitPreference wait) {
    if (order.state().isFinal()) {
      return answer(order, Optional.of(wait));
    }
    return switch (outcomes.await(order.id(), wait.duration())) {
      case OutcomeWaiter.Answer.Final(var state) -> answer(order.in(state), Optional.of(wait));
      case OutcomeWaiter.Answer.TimeIsUp _ -> answer(order, Optional.of(wait));
      case OutcomeWaiter.Answer.NotWaited _ -> answer(order, Optional.empty());
    };
  }

  private static ResponseEntity<OrderView> answer(Order order, Optional<WaitPreference> applied) {
    var answer =
        ResponseEntity.status(order.state().isFinal() ? HttpStatus.OK : HttpStatus.ACCEPTED)
            .location(URI.create("/orders/" + order.id()));
    applied.ifPresent(wait -> answer.header(WaitPreference.APPLIED, wait.toString()));
    return answer.body(OrderView.of(order));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One order", description = "The order as it is now: ask until it is final.")
  @ApiResponse(responseCode = "200", description = "OK", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "304", description = "As `If-None-Match` says.", content = @Content)
  @Refuses(OrderRefused.Unknown.class)
  ResponseEntity<OrderView> order(
      @Parameter(description = "The order's id.") @PathVariable long id, HttpServletRequest http) {
    var order = find.order(id, Callers.visibleTo(http));
    return ResponseEntity.ok().eTag(order.state().status().name()).body(OrderView.of(order));
  }

  @GetMapping("/{id}/timeline")
  @Operation(
      summary = "The timeline of an order",
      description = "Every change of the order's state with its time, the oldest first.")
  @Refuses(OrderRefused.Unknown.class)
  TimelineView timeline(
      @Parameter(description = "The order's id.") @PathVariable long id, HttpServletRequest http) {
    return TimelineView.of(id, find.timeline(id, Callers.visibleTo(http)));
  }

  @GetMapping
  @Operation(
      summary = "A customer's orders",
      description = "The newest first. A customer without orders has an empty list.")
  Page<OrderView> orders(
      @Parameter(
              description = "Whose orders. A customer who sends a token may leave it out.",
              example = "ada")
          @RequestParam(required = false)
          @Pattern(regexp = PlaceOrderRequest.CUSTOMER)
          @Nullable String customerId,
      @Parameter(description = "Only orders in this state.") @RequestParam(required = false)
          @Nullable OrderStatus status,
      @Parameter(description = "Only orders placed later.") @RequestParam(required = false)
          @Nullable Instant placedAfter,
      @Parameter(description = "Only orders placed earlier.") @RequestParam(required = false)
          @Nullable Instant placedBefore,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
      HttpServletRequest http) {
    var customer = Callers.customer(http, customerId);
    var filter = new OrderFilter(customer, status, placedAfter, placedBefore);
    return find.orders(filter, Cursor.parse(cursor, 1), limit).map(OrderView::of);
  }
}
