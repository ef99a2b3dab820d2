package dev.mall.order.query;

import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.money.Money;
import dev.mall.order.Order;
import dev.mall.order.OrderLine;
import dev.mall.order.OrderState;
import dev.mall.order.OrderStatus;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An order, mapped for reading. Batches write the table by JDBC. */
@Entity
@Immutable
@Table(name = "orders")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class StoredOrder {

  @Id private long id;
  private String customerId;

  @Enumerated(EnumType.STRING)
  private OrderStatus status;

  @Enumerated(EnumType.STRING)
  private @Nullable CancelReason cancelReason;

  private long totalMinor;
  private String currency;

  @Enumerated(EnumType.STRING)
  private PaymentMethod paymentMethod;

  @Enumerated(EnumType.STRING)
  private CheckoutMode checkout;

  private Instant placedAt;
  private @Nullable Instant settledAt;
  private @Nullable String traceparent;

  @ElementCollection
  @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
  @OrderColumn(name = "position")
  @BatchSize(size = 100)
  private List<Line> lines;

  @Embeddable
  @Immutable
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  static class Line {
    private String sku;
    private int quantity;
    private long unitPriceMinor;

    OrderLine in(String currency) {
      return new OrderLine(sku, quantity, Money.of(unitPriceMinor, currency));
    }
  }

  Order toOrder() {
    return new Order(
        id,
        new Order.Details(customerId, paymentMethod, checkout),
        lines.stream().map(line -> line.in(currency)).toList(),
        Money.of(totalMinor, currency),
        placedAt,
        traceparent,
        new OrderState(status, cancelReason, settledAt));
  }
}
