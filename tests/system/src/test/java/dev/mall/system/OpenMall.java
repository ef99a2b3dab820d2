package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Topology;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.chaos.shop.ShopClient;
import dev.mall.chaos.shop.Workload;
import dev.mall.cli.HttpReply;
import dev.mall.cli.MallService;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.VerifierSettings;
import dev.mall.verifier.accepted.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;

/** A mall that was stocked and is open, and a journal of what it accepts. */
final class OpenMall implements AutoCloseable {

  static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  /** For everything that is under way, once nothing is broken any more. */
  static final Duration SETTLE = Duration.ofSeconds(90);

  final Mall mall;
  final ShopClient shop;
  final Journal journal;
  private final Path accepted;

  private OpenMall(Mall mall, Path accepted) throws Exception {
    this.mall = mall;
    this.accepted = accepted;
    this.journal = Journal.open(accepted);
    this.shop = new ShopClient(mall::uri, mall.credentials(), journal);
  }

  /**
   * Returns when every service is ready.
   *
   * @param home a new directory, for data and logs
   */
  static OpenMall open(Path home, Topology topology) throws Exception {
    var open = new OpenMall(Mall.open(home, topology), home.resolve("accepted.jsonl"));
    try {
      open.mall.awaitOpen();
      open.mall.awaitReady();
      Workload.open(open.shop);
      open.awaitPriced("common-1");
      return open;
    } catch (Exception | AssertionError e) {
      open.close();
      throw e;
    }
  }

  /** Patience for what should come true once everything is well. */
  static ConditionFactory soon() {
    return await().atMost(SETTLE);
  }

  /** Waits until nothing is under way, and lets the verifier judge every order. */
  void assertSound() throws Exception {
    var settings = VerifierSettings.USUAL.waiting(SETTLE).accepted(accepted);

    var report = new Verifier(mall.databases(), settings).verify();

    assertThat(report.isSound()).as("%s", report).isTrue();
  }

  /** The errors and warnings that the services have logged so far. */
  List<String> complaints() throws IOException {
    var complaints = new ArrayList<String>();
    for (var replica : mall.replicas()) {
      try (var lines = Files.lines(mall.home().resolve(replica.name() + ".log"))) {
        lines
            .filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
            .map(line -> replica.name() + ": " + line)
            .forEach(complaints::add);
      }
    }
    return complaints;
  }

  /** Places an order until it is accepted, with one key. */
  String accept(RequestedOrder order) {
    var key = UUID.randomUUID().toString();
    var reply = soon().until(() -> shop.place(order, key), HttpReply::isSuccess);
    var id = reply.text("id");
    journal.accepted(order.customer(), key, id);
    return id;
  }

  /**
   * Waits until order-service knows the product, and an order that cannot be paid has been
   * cancelled: it holds a piece for a moment. Each product has a customer of its own, since orders
   * of one whose payments are declined one after the other are refused.
   */
  void awaitPriced(String sku) {
    var id = accept(new RequestedOrder("penniless-" + sku, Map.of(sku, 1)));
    soon().until(() -> statusOf(id).equals("CANCELLED"));
  }

  /** {@code PENDING} also without a reply. */
  String statusOf(String id) {
    var reply = shop.order(id);
    return reply.isSuccess() ? reply.text("status") : "PENDING";
  }

  /** How many declined payments of a customer order-service counts. */
  long declinedPaymentsOf(String customer) throws SQLException {
    try (var connection = mall.connect(MallService.ORDER);
        var query =
            connection.prepareStatement(
                "select count(*) from declined_payment where customer_id = ?")) {
      query.setString(1, customer);
      var row = query.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    journal.close();
    mall.close();
  }
}
