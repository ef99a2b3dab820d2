package dev.mall.notification.web;

import dev.mall.notification.FindNotifications;
import dev.mall.notification.InboxEntry;
import dev.mall.security.Callers;
import dev.mall.web.input.Cursor;
import dev.mall.web.input.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/notifications")
@Tag(name = "Notifications")
class NotificationController {

  private static final String CUSTOMER_ID = "[A-Za-z0-9_-]{1,64}";

  private final FindNotifications inbox;

  NotificationController(FindNotifications inbox) {
    this.inbox = inbox;
  }

  @GetMapping
  @Operation(
      summary = "A customer's inbox",
      description =
          "One notification per order that reached its final state, the newest first, up to `limit` a page.")
  Page<NotificationView> notifications(
      @Parameter(
              description = "Whose inbox. A customer who sends a token may leave it out.",
              example = "ada")
          @RequestParam(required = false)
          @Pattern(regexp = CUSTOMER_ID)
          @Nullable String customerId,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
      HttpServletRequest http) {
    long before = Cursor.parse(cursor, 1).map(c -> c.key(0)).orElse(Long.MAX_VALUE);
    var found = inbox.of(Callers.customer(http, customerId), before, limit + 1);
    return Page.of(found, limit, NotificationController::after).map(NotificationView::of);
  }

  private static Cursor after(InboxEntry news) {
    return Cursor.after(news.number());
  }
}
