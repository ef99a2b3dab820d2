package dev.mall.order.web;

import dev.mall.messaging.TraceContext;
import dev.mall.order.FindOrders;
import dev.mall.order.Order;
import dev.mall.order.intake.Intake;
import dev.mall.order.intake.Placement;
import dev.mall.web.Cursor;
import dev.mall.web.IdempotencyKey;
import dev.mall.web.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
class OrderController {

  private final Intake intake;
  private final Outcomes outcomes;
  private final FindOrders find;

  OrderController(Intake intake, Outcomes outcomes, FindOrders find) {
    this.intake = intake;
    this.outcomes = outcomes;
    this.find = find;
  }

  /** Answers 202 while the order is pending, 200 once it is final. */
  @PostMapping
  ResponseEntity<OrderView> place(
      @RequestBody @Valid PlaceOrderRequest request,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestHeader(name = WaitPreference.HEADER, required = false) @Nullable String prefer) {
    var wait = WaitPreference.parse(prefer);
    var command = request.toCommand(IdempotencyKey.parse(key), TraceContext.current());
    var order =
        switch (intake.place(command)) {
          case Placement.Accepted(var accepted, _) -> accepted;
          case Placement.Refused(var why) -> throw why;
        };
    return wait.isPresent() ? outcome(order, wait.get()) : answer(order, Optional.empty());
  }

  private ResponseEntity<OrderView> outcome(Order order, WaitPreference wait) {
    if (order.state().isFinal()) {
      return answer(order, Optional.of(wait));
    }
    return switch (outcomes.await(order.id(), wait.duration())) {
      case Outcomes.Answer.Final(var state) -> answer(order.in(state), Optional.of(wait));
      case Outcomes.Answer.TimeIsUp _ -> answer(order, Optional.of(wait));
      case Outcomes.Answer.NotWaited _ -> answer(order, Optional.empty());
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
  OrderView order(@PathVariable long id) {
    return OrderView.of(find.order(id));
  }

  @GetMapping("/{id}/timeline")
  TimelineView timeline(@PathVariable long id) {
    return TimelineView.of(id, find.timeline(id));
  }

  /** A customer's orders, newest first. */
  @GetMapping
  Page<OrderView> orders(
      @RequestParam @Pattern(regexp = PlaceOrderRequest.CUSTOMER) String customerId,
      @RequestParam(required = false) @Nullable String cursor) {
    return find.ordersOf(customerId, Cursor.parse(cursor, 1)).map(OrderView::of);
  }
}
