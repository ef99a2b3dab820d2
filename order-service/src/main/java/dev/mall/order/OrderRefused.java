package dev.mall.order;

import dev.mall.money.Money;
import java.io.Serial;
import java.util.List;

/**
 * Every way in which this service says no to a request that is well formed. Nothing was placed, and
 * nothing is remembered of the request.
 */
public abstract sealed class OrderRefused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String detail;

  private OrderRefused(String detail) {
    super(detail, null, false, false); // an answer, not a fault: nobody reads its stack
    this.detail = detail;
  }

  /** What is wrong, for people. */
  public String detail() {
    return detail;
  }

  /** Nobody placed such an order. */
  public static final class Unknown extends OrderRefused {
    public Unknown(long orderId) {
      super("there is no order " + orderId);
    }
  }

  /** SKUs that are not in the catalogue. */
  public static final class UnknownSku extends OrderRefused {
    private final List<String> skus;

    public UnknownSku(List<String> skus) {
      super("the catalogue does not have " + String.join(", ", skus));
      this.skus = List.copyOf(skus);
    }

    public List<String> skus() {
      return skus;
    }
  }

  /** Products priced in different currencies do not share an order. */
  public static final class MixedCurrencies extends OrderRefused {
    public MixedCurrencies() {
      super("the products are priced in different currencies");
    }
  }

  /** Quantities and prices are so large that their sum does not fit. */
  public static final class TotalTooLarge extends OrderRefused {
    public TotalTooLarge() {
      super("the total is more money than can be counted");
    }
  }

  /** The customer expected another total. */
  public static final class PriceChanged extends OrderRefused {
    private final long totalMinor;

    public PriceChanged(Money total) {
      super("the total is " + total);
      this.totalMinor = total.minor();
    }

    public long totalMinor() {
      return totalMinor;
    }
  }

  /** The customer used the key for another request. */
  public static final class KeyReused extends OrderRefused {
    public KeyReused() {
      super("the key was used for a request with another body");
    }
  }

  /** A request with the same key is being worked on, and takes long. */
  public static final class KeyBusy extends OrderRefused {
    public KeyBusy() {
      super("a request with this key is being worked on");
    }
  }

  /** As many orders are open as the shop can look after. */
  public static final class TooManyOpen extends OrderRefused {
    public TooManyOpen() {
      super("too many orders are open just now; try again");
    }
  }

  /** More requests came in than could be worked on. */
  public static final class Overrun extends OrderRefused {
    public Overrun() {
      super("too many requests at once; try again");
    }
  }

  /** The catalogue has not been read yet. */
  public static final class NoPrices extends OrderRefused {
    public NoPrices() {
      super("there are no prices yet; try again");
    }
  }
}
