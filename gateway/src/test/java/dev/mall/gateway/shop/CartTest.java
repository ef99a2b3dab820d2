package dev.mall.gateway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CartTest {

  @Test
  void linesOfOneSkuAreAddedUpInTheOrderOfTheAddress() {
    var cart = new Cart(List.of("b:1", "a.b-c_d:2", "b:3"));

    assertThat(cart.quantities()).containsExactly(Map.entry("b", 4), Map.entry("a.b-c_d", 2));
    assertThat(cart.pieces()).isEqualTo(6);
    assertThat(cart.query()).isEqualTo("?item=b:4&item=a.b-c_d:2");
  }

  @Test
  void linksLeadToTheNextCart() {
    var cart = new Cart(List.of("a:1", "b:2"));

    assertThat(cart.with("c", 1)).isEqualTo("?item=a:1&item=b:2&item=c:1");
    assertThat(cart.with("b", 1)).isEqualTo("?item=a:1&item=b:3");
    assertThat(cart.with("a", -1)).isEqualTo("?item=b:2");
    assertThat(cart.without("b")).isEqualTo("?item=a:1");
    assertThat(cart.further()).isEqualTo("&item=a:1&item=b:2");
    assertThat(new Cart(List.of("a:1")).without("a")).isEmpty();
  }

  @Test
  void noAddressIsAnEmptyCart() {
    var cart = new Cart(null);

    assertThat(cart.pieces()).isZero();
    assertThat(cart.query()).isEmpty();
    assertThat(cart.further()).isEmpty();
  }

  @Test
  void itIsFullAtItsLimits() {
    var lines = IntStream.range(0, Cart.MOST_LINES).mapToObj(i -> "sku-%d:1".formatted(i)).toList();
    var full = new Cart(lines);

    assertThat(full.admits("another")).isFalse();
    assertThat(full.admits("sku-0")).isTrue();
    var most = new Cart(List.of("a:999", "a:999"));
    assertThat(most.pieces()).isEqualTo(Cart.MOST_PIECES);
    assertThat(most.admits("a")).isFalse();
  }
}
