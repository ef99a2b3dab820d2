package dev.mall.order;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.order.OrderRefused.CheckoutNotAllowed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The protocols by which orders may be checked out.
 *
 * @param modes at least one; the first is that of a request that names none
 */
@ConfigurationProperties("mall.checkout")
public record CheckoutProperties(@DefaultValue("SAGA") List<CheckoutMode> modes) {

  /** The request header that names a mode. */
  public static final String HEADER = "Mall-Checkout";

  public CheckoutProperties {
    modes = List.copyOf(modes);
    if (modes.isEmpty()) {
      throw new IllegalArgumentException("mall.checkout.modes must name at least one mode");
    }
  }

  /**
   * @param header of the request; null if it has none
   * @throws CheckoutNotAllowed if it names a mode that does not exist or is not allowed here
   */
  public CheckoutMode chosenBy(@Nullable String header) {
    return header == null
        ? modes.getFirst()
        : modes.stream()
            .filter(mode -> mode.name().equals(header))
            .findFirst()
            .orElseThrow(() -> new CheckoutNotAllowed(modes));
  }
}
