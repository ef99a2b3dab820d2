package dev.mall.order;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.money.Money;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.Problem;
import dev.mall.web.problem.RequestRefused;
import java.io.Serial;
import java.time.Duration;
import java.util.List;

/** The refusals of well-formed requests. No order was placed, and the request is not remembered. */
public abstract sealed class OrderRefused extends RequestRefused {

  @Serial private static final long serialVersionUID = 1L;

  private OrderRefused(String detail, FieldError... errors) {
    super(detail, errors);
  }

  private static FieldError field(String field, String message) {
    return new FieldError(field, message);
  }

  @Problem(type = "order-unknown", status = 404, title = "Unknown order")
  public static final class Unknown extends OrderRefused {
    public Unknown(long orderId) {
      super("there is no order " + orderId);
    }
  }

  @Problem(type = "sku-unknown", status = 422, title = "Unknown product")
  public static final class UnknownSku extends OrderRefused {
    private final List<String> skus;

    public UnknownSku(List<String> skus) {
      this(skus, field("items", detail(skus)));
    }

    private UnknownSku(List<String> skus, FieldError... lines) {
      super(detail(skus), lines);
      this.skus = List.copyOf(skus);
    }

    private static String detail(List<String> skus) {
      return "the catalogue does not have " + String.join(", ", skus);
    }

    public List<String> skus() {
      return skus;
    }

    /** Returns the same refusal with the lines of the request to blame. */
    public UnknownSku in(List<FieldError> lines) {
      return new UnknownSku(skus, lines.toArray(FieldError[]::new));
    }
  }

  /** The request's {@code Mall-Checkout} names no mode, or one that is not allowed here. */
  @Problem(type = "checkout-not-allowed", status = 422, title = "Checkout mode not allowed")
  public static final class CheckoutNotAllowed extends OrderRefused {
    CheckoutNotAllowed(List<CheckoutMode> allowed) {
      super(
          "allowed are " + allowed, field(CheckoutProperties.HEADER, "must be one of " + allowed));
    }
  }

  @Problem(type = "currencies-mixed", status = 422, title = "Mixed currencies")
  public static final class MixedCurrencies extends OrderRefused {
    private static final String DETAIL = "the products are priced in different currencies";

    public MixedCurrencies() {
      super(DETAIL, field("items", DETAIL));
    }
  }

  /** Quantities and prices whose sum does not fit into 63 bits of minor units. */
  @Problem(type = "total-too-large", status = 422, title = "Total too large")
  public static final class TotalTooLarge extends OrderRefused {
    private static final String DETAIL = "the total is more money than can be counted";

    public TotalTooLarge() {
      super(DETAIL, field("items", DETAIL));
    }
  }

  /** The customer expected another total. */
  @Problem(type = "price-changed", status = 409, title = "Total differs from the expected one")
  public static final class PriceChanged extends OrderRefused {
    private final long totalMinor;

    public PriceChanged(Money total) {
      super("the total is " + total, field("expectedTotalMinor", "the total is " + total));
      this.totalMinor = total.minor();
    }

    public long totalMinor() {
      return totalMinor;
    }
  }

  @Problem(type = "idempotency-key-reused", status = 422, title = "Idempotency key reused")
  public static final class KeyReused extends OrderRefused {
    private static final String DETAIL = "the key was used for a request with another body";

    public KeyReused() {
      super(DETAIL, field(IdempotencyKey.HEADER, DETAIL));
    }
  }

  /** Another request with the same key is still in progress. */
  @Problem(type = "idempotency-key-busy", status = 409, title = "Same request in progress")
  public static final class KeyBusy extends OrderRefused {
    private static final String DETAIL = "a request with this key is in progress";

    public KeyBusy() {
      super(DETAIL, field(IdempotencyKey.HEADER, DETAIL));
    }
  }

  /** The order was cancelled, and not on the customer's request. */
  @Problem(type = "order-cancelled", status = 409, title = "Order cancelled before")
  public static final class CancelledBefore extends OrderRefused {
    public CancelledBefore(long orderId) {
      super("order %d was cancelled before".formatted(orderId));
    }
  }

  /** The order was confirmed too long ago, or no order may be cancelled now. */
  @Problem(
      type = "cancellation-window-over",
      status = 409,
      title = "Order can no longer be cancelled")
  public static final class CancellationWindowOver extends OrderRefused {
    public CancellationWindowOver(Duration window) {
      super("an order can be cancelled up to %s after its confirmation".formatted(window));
    }
  }

  /** More of the customer's payments were declined than {@code mall.orders.declined-payments}. */
  @Problem(type = "too-many-declined-payments", status = 429, title = "Too many declined payments")
  public static final class TooManyDeclinedPayments extends OrderRefused {
    private final Duration retryAfter;

    /**
     * @param atMost payments that may be declined
     * @param window within this time
     * @param retryAfter until so few are left of the last {@code window}; above zero
     */
    public TooManyDeclinedPayments(int atMost, Duration window, Duration retryAfter) {
      super(
          "more than %d payments of the customer were declined within %s: fill the wallet, and order again later"
              .formatted(atMost, window));
      this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The limit {@code mall.orders.max-open} of pending orders is reached. */
  @Problem(
      type = "too-many-open-orders",
      status = 503,
      title = "Too many open orders",
      retryAfter = 1)
  public static final class TooManyOpen extends OrderRefused {
    public TooManyOpen() {
      super("too many orders are open just now; try again");
    }
  }

  /** More requests than the service can work on. */
  @Problem(type = "overrun", status = 503, title = "Too many requests at once", retryAfter = 1)
  public static final class Overrun extends OrderRefused {
    public Overrun() {
      super("too many requests at once; try again");
    }
  }

  /** The service has not read the catalogue yet. */
  @Problem(type = "no-prices", status = 503, title = "Catalogue not read yet", retryAfter = 2)
  public static final class NoPrices extends OrderRefused {
    public NoPrices() {
      super("there are no prices yet; try again");
    }
  }
}
