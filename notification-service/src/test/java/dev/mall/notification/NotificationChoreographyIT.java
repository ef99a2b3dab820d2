package dev.mall.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.OrderEvent.CheckoutEnded;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.testing.messages.SentEvents;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Ends of orders without an orchestrator, through Kafka. */
class NotificationChoreographyIT extends NotificationServiceTests {

  @Autowired ApplicationContext service;

  @Test
  void notifiesTheCustomerOnceHoweverOftenTheEndIsAnnounced() {
    var ann = aCustomer();
    long cancelled = anOrder();
    long confirmed = anOrder();
    var end = new CheckoutEnded(cancelled, ann, 1_234, "EUR", CancelReason.OUT_OF_STOCK);

    SentEvents.send(service, end, end);
    SentEvents.send(service, end, new CheckoutEnded(confirmed, ann, 1_234, "EUR", null));

    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(inboxOf(ann)).hasSize(2));
    assertThat(inboxOf(ann))
        .extracting(InboxEntry::orderId)
        .containsExactlyInAnyOrder(cancelled, confirmed);
    assertThat(replies.to(new StepKey(cancelled, "notify", 1))).isEmpty();
  }
}
