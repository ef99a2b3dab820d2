package dev.mall.launcher.tour;

import static dev.mall.launcher.tour.DemoShop.ADA;
import static dev.mall.launcher.tour.DemoShop.CUP;
import static dev.mall.launcher.tour.DemoShop.CUSTOMERS;
import static dev.mall.launcher.tour.DemoShop.POT;
import static dev.mall.launcher.tour.DemoShop.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.launcher.tour.DemoOrder.Item;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopStateTest {

  private static final DemoOrder TWO_CUPS = DemoOrder.of(ADA, new Item(CUP, 2));

  private final ShopState before = tenOfEachAnd(100_00);

  @Test
  void writesMoneyAsPeopleDo() {
    assertThat(ShopState.money(12_50)).isEqualTo("12.50 EUR");
    assertThat(ShopState.money(5)).isEqualTo("0.05 EUR");
    assertThat(ShopState.money(-105)).isEqualTo("-1.05 EUR");
  }

  @Test
  void findsNothingWhenAConfirmedOrderTookGoodsAndMoney() {
    var after = with(with(before, CUP, new MallClient.Stock(8, 0)), ADA, 75_00);

    assertThat(before.differencesAfter(List.of(TWO_CUPS), after)).isEmpty();
  }

  @Test
  void findsNothingWithoutOrders() {
    assertThat(before.differencesAfter(List.of(), before)).isEmpty();
  }

  @Test
  void findsGoodsThatWentUnpaid() {
    var after = with(before, CUP, new MallClient.Stock(8, 0));

    assertThat(before.differencesAfter(List.of(TWO_CUPS), after))
        .singleElement()
        .asString()
        .contains("Ada holds 100.00 EUR, but it must be 75.00 EUR");
  }

  @Test
  void findsMoneyThatBoughtNothing() {
    var after = with(before, ADA, 75_00);

    assertThat(before.differencesAfter(List.of(TWO_CUPS), after))
        .singleElement()
        .asString()
        .contains("espresso-cup");
  }

  @Test
  void findsPiecesThatStayedHeld() {
    var after = with(before, POT, new MallClient.Stock(10, 3));

    assertThat(before.differencesAfter(List.of(), after)).hasSize(1);
  }

  @Test
  void findsAWalletThatItsEntriesDoNotExplain() {
    assertThat(before.differencesFrom(_ -> 100_00)).isEmpty();
    assertThat(before.differencesFrom(id -> id.equals(ADA.id()) ? 99_99 : 100_00))
        .singleElement()
        .asString()
        .contains("Ada");
  }

  private static ShopState tenOfEachAnd(long balanceMinor) {
    var stock = new HashMap<String, MallClient.Stock>();
    PRODUCTS.forEach(product -> stock.put(product.sku(), new MallClient.Stock(10, 0)));
    var balances = new HashMap<String, Long>();
    CUSTOMERS.forEach(customer -> balances.put(customer.id(), balanceMinor));
    return new ShopState(stock, balances);
  }

  private static ShopState with(ShopState books, DemoProduct product, MallClient.Stock stock) {
    var changed = new HashMap<>(books.stock());
    changed.put(product.sku(), stock);
    return new ShopState(changed, books.balanceMinor());
  }

  private static ShopState with(ShopState books, DemoCustomer customer, long balanceMinor) {
    var changed = new HashMap<>(books.balanceMinor());
    changed.put(customer.id(), balanceMinor);
    return new ShopState(books.stock(), changed);
  }
}
