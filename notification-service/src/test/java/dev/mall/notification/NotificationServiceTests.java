package dev.mall.notification;

import dev.mall.contracts.NotificationCommand;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.testing.CountStatements;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import dev.mall.testing.messages.SentCommands;
import dev.mall.testing.messages.SentReplies;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * notification-service on real servers. All tests share one service, its database and its topics,
 * so each makes customers and orders of its own.
 */
@SpringBootTest(
    classes = NotificationApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "spring.config.name=notification-service")
@Import({CountStatements.class, SentReplies.class})
abstract class NotificationServiceTests {

  static final TestDatabase DATABASE = TestDatabase.create("notification");

  private static final AtomicLong NUMBERS = new AtomicLong(1_000);

  @Autowired HandleNotificationCommands customers;
  @Autowired FindNotifications inbox;
  @Autowired JdbcClient jdbc;
  @Autowired SentReplies replies;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    Infrastructure.register(registry, DATABASE);
  }

  static long anOrder() {
    return NUMBERS.incrementAndGet();
  }

  static String aCustomer() {
    return "customer-" + NUMBERS.incrementAndGet();
  }

  List<InboxEntry> inboxOf(String customer) {
    return inbox.of(customer, Long.MAX_VALUE, 1_000);
  }

  void handle(NotificationCommand... batch) {
    handle(List.of(batch));
  }

  void handle(List<? extends NotificationCommand> batch) {
    customers.handle(
        batch.stream()
            .<NotificationCommand>map(command -> command)
            .map(SentCommands::received)
            .toList());
  }

  static NotifyCustomer confirmed(long order, String customer) {
    return notify(order, 1, customer, null);
  }

  static NotifyCustomer cancelled(long order, String customer, CancelReason reason) {
    return notify(order, 1, customer, reason);
  }

  static NotifyCustomer notify(
      long order, int round, String customer, @Nullable CancelReason reason) {
    return new NotifyCustomer(new StepKey(order, "notify", round), customer, 1_234, "EUR", reason);
  }
}
