package dev.mall.order.query;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An entry of a timeline, mapped for reading. */
@Entity
@Immutable
@Table(name = "order_history")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class StoredHistoryEntry {

  @Id private long number;
  private long orderId;
  private Instant at;

  @Enumerated(EnumType.STRING)
  private HistoryEntry.What what;

  private @Nullable String detail;

  HistoryEntry toEntry() {
    return new HistoryEntry(at, what, detail);
  }
}
