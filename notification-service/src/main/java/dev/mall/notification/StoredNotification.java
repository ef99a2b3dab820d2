package dev.mall.notification;

import dev.mall.contracts.values.CancelReason;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A notification as it is read. */
@Entity
@Immutable
@Table(name = "notification")
@IdClass(StoredNotification.Key.class)
class StoredNotification {

  @Id private long orderId;

  @Id
  @Enumerated(EnumType.STRING)
  private OrderOutcome outcome;

  private long number;
  private String customerId;
  private String title;
  private String text;
  private long totalMinor;
  private String currency;

  @Enumerated(EnumType.STRING)
  private @Nullable CancelReason reason;

  @Column(name = "told_at")
  private Instant notifiedAt;

  @SuppressWarnings("NullAway.Init") // for JPA, which fills the fields
  protected StoredNotification() {}

  record Key(long orderId, OrderOutcome outcome) {}

  InboxEntry entry() {
    return new InboxEntry(
        number,
        customerId,
        orderId,
        outcome,
        title,
        text,
        totalMinor,
        currency,
        reason,
        notifiedAt);
  }
}
