package dev.mall.launcher.tour;

import static dev.mall.launcher.tour.DemoShop.ADA;
import static dev.mall.launcher.tour.DemoShop.BEANS;
import static dev.mall.launcher.tour.DemoShop.BEN;
import static dev.mall.launcher.tour.DemoShop.CLEO;
import static dev.mall.launcher.tour.DemoShop.CUP;
import static dev.mall.launcher.tour.DemoShop.CUSTOMERS;
import static dev.mall.launcher.tour.DemoShop.GRINDER;
import static dev.mall.launcher.tour.DemoShop.POT;
import static dev.mall.launcher.tour.DemoShop.PRODUCTS;

import dev.mall.cli.Terminal;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.launcher.tour.DemoOrder.Item;
import dev.mall.launcher.tour.Scenario.Ending;
import dev.mall.verifier.accepted.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens a small shop, takes six orders, of which one is returned, and checks their outcomes. It may
 * be repeated on the same data.
 */
public final class Tour {

  private final MallClient shop;
  private final Terminal terminal;
  private final ScenarioRunner stage;

  /**
   * @param accepted gets each order that is accepted
   * @param mode the checkout mode that its orders name, if any
   */
  public Tour(
      ServiceAddresses addresses,
      Journal accepted,
      Optional<CheckoutMode> mode,
      Terminal terminal) {
    this.shop = new MallClient(addresses, accepted, mode);
    this.terminal = terminal;
    this.stage = new ScenarioRunner(shop, terminal);
  }

  /**
   * @return what did not come as announced; nothing if all is well
   * @throws UnexpectedReplyException if a service does not answer as it should
   */
  public List<String> make() throws InterruptedException {
    shop.awaitOpen();
    open();
    var before = ShopState.read(shop);
    ShopPrinter.printOpening(terminal, before);
    var complaints = new ArrayList<String>();
    var confirmed = new ArrayList<DemoOrder>();
    int number = 0;
    for (var act : acts(before)) {
      complaints.addAll(stage.play(++number, act));
      if (act.announced().isConfirmed()) {
        confirmed.add(act.request());
      }
    }
    var after = ShopState.read(shop);
    ShopPrinter.printChanges(terminal, before, after);
    complaints.addAll(before.differencesAfter(confirmed, after));
    complaints.addAll(after.differencesFrom(shop::entriesMinor));
    return complaints;
  }

  public void printNextSteps() {
    terminal.title("Your turn");
    shop.nextSteps(DemoOrder.of(ADA, new Item(CUP, 1))).forEach(terminal::line);
  }

  /** Prices, and as many pieces and as much money as are missing. */
  private void open() {
    for (var product : PRODUCTS) {
      shop.offer(product);
      long missing = product.pieces() - shop.stock(product.sku()).onHand();
      if (missing > 0) {
        shop.receive(product.sku(), missing, UUID.randomUUID().toString());
      }
    }
    for (var customer : CUSTOMERS) {
      long missing = customer.moneyMinor() - shop.balanceMinor(customer.id());
      if (missing > 0) {
        shop.deposit(customer.id(), missing, UUID.randomUUID().toString());
      }
    }
  }

  private static List<Scenario> acts(ShopState books) {
    long tooMany = books.stockOf(POT).onHand() + 1;
    return List.of(
        new Scenario(
            "Ada buys two espresso cups", DemoOrder.of(ADA, new Item(CUP, 2)), Ending.CONFIRMED),
        new Scenario(
            "Ben buys a grinder, beans and four cups in one order",
            DemoOrder.of(BEN, new Item(GRINDER, 1), new Item(BEANS, 2), new Item(CUP, 4)),
            Ending.CONFIRMED),
        new Scenario(
            "Ada wants %d moka pots, but there are %d".formatted(tooMany, tooMany - 1),
            DemoOrder.of(ADA, new Item(POT, tooMany)),
            Ending.cancelled("OUT_OF_STOCK")),
        new Scenario(
            "Cleo wants a grinder, but her wallet is short: its piece was reserved and goes back",
            DemoOrder.of(CLEO, new Item(GRINDER, 1)),
            Ending.cancelled("INSUFFICIENT_FUNDS")),
        new Scenario(
            "Ben's connection drops: his order for beans is sent twice, with one Idempotency-Key",
            DemoOrder.of(BEN, new Item(BEANS, 1)),
            Optional.of(UUID.randomUUID().toString()),
            Ending.CONFIRMED),
        new Scenario(
            "Ada buys a moka pot and cancels the order: the pot and her money come back",
            DemoOrder.of(ADA, new Item(POT, 1)),
            Ending.RETURNED));
  }
}
