package dev.mall.benchmarks.mall;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.HttpOrderClient;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.measure.MeasuredSystem;
import dev.mall.benchmarks.measure.OrderCounts;
import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.cli.MallService;
import dev.mall.cli.Terminal;
import dev.mall.cli.access.MachineClient;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.embedded.process.ServerProcess;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.VerifierSettings;
import dev.mall.verifier.accepted.Journal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mall, judged by its verifier. */
public final class MallSystem implements MeasuredSystem {

  private static final Duration STANDSTILL_WITHIN = Duration.ofMinutes(2);

  private final String name;
  private final BenchmarkedMall mall;
  private final Path journalFile;
  private final Journal journal;
  private final Shop shop;
  private final UsageReader usage;
  private final Set<Assortment> opened = new HashSet<>();

  private MallSystem(String name, BenchmarkedMall mall, Path journalFile) {
    this.name = name;
    this.mall = mall;
    this.journalFile = journalFile;
    this.journal = Journal.open(journalFile);
    this.shop = new Shop(mall, journal);
    this.usage = mall.usage();
  }

  /**
   * Starts servers and services, and returns when all are ready.
   *
   * @param root of the repository
   * @param home a new directory, for data and logs
   * @param identity whose issuer need not run yet
   */
  public static MallSystem start(
      String name, Path root, Path home, CallerIdentity identity, Terminal terminal)
      throws InterruptedException {
    return new MallSystem(
        name,
        BenchmarkedMall.start(root, home, identity, terminal),
        home.resolve("accepted.jsonl"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void open(Assortment assortment) throws InterruptedException {
    var wallets =
        new Assortment(assortment.skus(), 1, assortment.customers(), false, assortment.poor());
    if (opened.add(wallets)) {
      shop.open(wallets);
    }
  }

  /** A view of this mall for each checkout mode, in which all orders follow that mode. */
  public List<MeasuredSystem> inEachMode() {
    return Stream.of(CheckoutMode.values())
        .<MeasuredSystem>map(mode -> new MallInMode(this, mode))
        .toList();
  }

  @Override
  public OrderClient client(Assortment assortment) {
    return client(assortment, "");
  }

  /**
   * @param headers of each order, lines that end with CRLF
   */
  OrderClient client(Assortment assortment, String headers) {
    return client(orders(), assortment, headers);
  }

  /** The address at which order-service itself takes orders. */
  URI orders() {
    return mall.uri(MallService.ORDER).resolve("/orders");
  }

  /**
   * The token is that of now: a client is made for each window.
   *
   * @param orders the address that takes orders
   * @param headers of each order, lines that end with CRLF
   */
  OrderClient client(URI orders, Assortment assortment, String headers) {
    var token =
        mall.credentials().of(MachineClient.LOAD).entrySet().stream()
            .map(header -> "%s: %s\r\n".formatted(header.getKey(), header.getValue()))
            .collect(Collectors.joining());
    return new HttpOrderClient(orders, token + headers, assortment, journal::accepted);
  }

  OrderClient bystander(Assortment assortment) {
    return new ReceiptClient(shop, assortment);
  }

  ServerProcess process(MallService service) {
    return mall.process(service);
  }

  BenchmarkedMall running() {
    return mall;
  }

  @Override
  public boolean shedsLoad() {
    return true;
  }

  @Override
  public OrderCounts counts() throws SQLException {
    return OrderCounts.read(mall.postgres().adminDataSource(MallService.ORDER.database()));
  }

  @Override
  public UsageReader usage() {
    return usage;
  }

  @Override
  public Optional<String> violations() throws SQLException, IOException, InterruptedException {
    var report =
        new Verifier(
                mall.databases(),
                VerifierSettings.USUAL.waiting(STANDSTILL_WITHIN).accepted(journalFile))
            .verify();
    return report.isSound() ? Optional.empty() : Optional.of(report.toString());
  }

  @Override
  public void close() {
    Closing.all(List.of(journal, mall));
  }
}
