package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.shop.services.Customers;
import dev.mall.gateway.shop.services.Customers.Customer;
import dev.mall.gateway.shop.services.Part;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Sends a page a server-sent event when its order has moved; the page then loads itself again. A
 * stream ends after a while, and browsers open another.
 */
@Controller
@Conditional(OwnIssuer.class)
class OrderMovesController {

  private static final Logger log = LoggerFactory.getLogger(OrderMovesController.class);
  private static final int AT_ONCE = 4;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration BRISK = Duration.ofSeconds(10);
  private static final Duration BRISK_PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final FollowOrders follow;
  private final Customers customers;
  private final ConcurrentHashMap<String, Integer> streams = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  OrderMovesController(FollowOrders follow, Customers customers) {
    this.follow = follow;
    this.customers = customers;
  }

  /**
   * @param seen the mark of the order as the page shows it
   */
  @GetMapping("/my/orders/{id}/moves")
  void moves(
      @PathVariable @Pattern(regexp = MyOrdersController.ID) String id,
      @RequestParam String seen,
      Authentication login,
      HttpServletResponse response)
      throws InterruptedException {
    var customer = customers.of(login);
    if (streams.merge(customer.id(), 1, Integer::sum) > AT_ONCE) {
      leave(customer);
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      return;
    }
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setHeader("X-Accel-Buffering", "no"); // proxies pass each event on at once
      follow(customer, id, seen, response);
    } catch (IOException gone) {
      log.debug("the browser left order {}", id, gone);
    } finally {
      leave(customer);
    }
  }

  private void follow(Customer customer, String id, String seen, HttpServletResponse response)
      throws IOException, InterruptedException {
    var began = Instant.now();
    var last = seen;
    while (!stopping && Instant.now().isBefore(began.plus(LONGEST))) {
      var progress = Part.of(() -> follow.progress(customer, id));
      var mark = progress.map(OrderProgress::mark).or(last);
      send(response, mark.equals(last) ? ": waiting" : "event: moved\ndata: " + mark);
      last = mark;
      if (progress.map(it -> it.isAtRest(Instant.now())).or(false)) {
        send(response, "event: rest\ndata: " + mark);
        return;
      }
      Thread.sleep(Instant.now().isBefore(began.plus(BRISK)) ? BRISK_PAUSE : PAUSE);
    }
  }

  private static void send(HttpServletResponse response, String event) throws IOException {
    response.getOutputStream().write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }

  private void leave(Customer customer) {
    streams.computeIfPresent(customer.id(), (_, count) -> count == 1 ? null : count - 1);
  }

  /** Before the web server waits for its requests to end. */
  @EventListener(ContextClosedEvent.class)
  void stop() {
    stopping = true;
  }
}
