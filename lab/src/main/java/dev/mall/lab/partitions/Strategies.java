package dev.mall.lab.partitions;

import dev.mall.lab.consensus.cluster.StoreClient;
import dev.mall.lab.consensus.cluster.StoreClient.ReadMode;
import dev.mall.lab.consensus.cluster.StoreCluster;
import dev.mall.lab.partitions.cart.CartReplica;
import dev.mall.lab.partitions.cart.LastWriterCart;
import dev.mall.lab.partitions.cart.ObservedRemoveCart;
import dev.mall.lab.partitions.cart.ReplicatedCart;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.ManualClock;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** A client on the smaller side of a partition, by store and strategy. */
public final class Strategies implements Comparison {

  private static final List<String> OURS = List.of("bread", "milk");
  private static final List<String> THEIRS = List.of("eggs", "salt");

  @Override
  public String name() {
    return "partitions/strategies";
  }

  @Override
  public String title() {
    return "One partition, two stores, five strategies";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    CAP is a statement about a moment: while the network is split, a store either answers on both sides or is linearizable, not both. It says
    nothing of the rest of the time, in which the choice is between latency and consistency (PACELC), and "two of three" is a misleading
    way to put it, since partitions are not chosen.

    A service decides at the place where the store does not answer. It can fail fast and leave the decision to its caller; wait, which holds
    threads, connections and customers for as long as the partition lasts; degrade, that is, answer reads from a copy, marked as old, and
    refuse writes; or continue with a store that accepts both sides and converges. Each costs something that can be measured: answers that
    were refused, time, reads that miss an acknowledged change, changes lost afterwards.

    Below, one customer's cart is used from both sides of one partition. The linearizable store is the three processes of Apache Ratis, with
    the old leader alone on the smaller side; the available one is two replicas of the cart service. The smaller side adds two items and reads
    the cart twice, after the larger side has added two.
    """;
  }

  @Override
  public String conclusion() {
    return """
    Decide by the data, not by the store: continue where changes merge (carts), fail fast or wait where an invariant holds (stock, money),
    degrade reads wherever an old answer with its age is better than none. Put a limit on waiting, or a partition of one store becomes an
    outage of all services that call it.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 22: requests are refused at the edge instead of queued without a limit",
            "docs/adr/0022-requests-refused-at-the-edge.md"),
        Link.to(
            "ADR 2: an outbox, which lets a service continue without Kafka",
            "docs/adr/0002-own-saga-engine-and-outbox.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Gilbert and Lynch: Brewer's conjecture (2002)",
            "https://doi.org/10.1145/564585.564601"),
        Link.to(
            "Abadi: Consistency tradeoffs in modern distributed database system design (2012)",
            "https://doi.org/10.1109/MC.2012.33"),
        Link.to(
            "Kleppmann: A critique of the CAP theorem (2015)", "https://arxiv.org/abs/1509.05393"));
  }

  /** The answers that the client of the smaller side had. */
  private static final class Tally {

    private int added;
    private int read;
    private int old;
    private Duration longest = Duration.ZERO;

    void add(Callable<Boolean> add) throws Exception {
      added += timed(add) ? 1 : 0;
    }

    /**
     * @param items the cart; empty if no answer came
     */
    void read(Callable<Set<String>> items) throws Exception {
      var seen = timed(items);
      read += seen.isEmpty() ? 0 : 1;
      old += !seen.isEmpty() && !seen.containsAll(THEIRS) ? 1 : 0;
    }

    private <T> T timed(Callable<T> call) throws Exception {
      long start = System.nanoTime();
      var result = call.call();
      var took = Duration.ofNanos(System.nanoTime() - start);
      longest = took.compareTo(longest) > 0 ? took : longest;
      return result;
    }

    List<String> row(String store, String strategy, Set<String> afterwards) {
      var acknowledged = new HashSet<>(THEIRS);
      acknowledged.addAll(OURS.subList(0, added));
      acknowledged.removeAll(afterwards);
      return List.of(
          store,
          strategy,
          "%d of %d".formatted(added, OURS.size()),
          "%d of %d".formatted(read, OURS.size()),
          Integer.toString(old),
          acknowledged.isEmpty() ? "none" : String.join(", ", new TreeSet<>(acknowledged)),
          "%d ms".formatted(longest.toMillis()));
    }
  }

  @Override
  public Result compare(Trial trial) throws Exception {
    var rows = new ArrayList<List<String>>();
    rows.addAll(linearizable(trial));
    rows.add(available("continue, the last writer wins", LastWriterCart.empty()));
    rows.add(available("continue, an observed-remove set", ObservedRemoveCart.empty()));
    return Result.of(
        new Table(
            "The client on the smaller side of the partition",
            List.of(
                Column.of("store"),
                Column.of("strategy"),
                Column.of("additions accepted"),
                Column.of("reads answered"),
                Column.of("of these without an acknowledged item"),
                Column.of("acknowledged items lost afterwards"),
                Column.measured("longest call")),
            rows));
  }

  /** Three clients of the smaller side during one partition. */
  private static List<List<String>> linearizable(Trial trial) throws Exception {
    var cluster = trial.shared(StoreCluster.class, StoreCluster::start, StoreCluster::close);
    var nodes = cluster.whole();
    var alone = nodes.getFirst();
    var key = UUID.randomUUID().toString();
    var once = new StoreClient(StoreClient.ONE_ATTEMPT, alone);
    var patiently = new StoreClient(StoreClient.PATIENTLY, alone);
    var others = new StoreClient(StoreClient.PATIENTLY, nodes.get(1), nodes.get(2));
    var impatient = new RaftCart(key + "-1", once, ReadMode.LINEARIZABLE);
    var patient = new RaftCart(key + "-2", patiently, ReadMode.LINEARIZABLE);
    var degraded = new RaftCart(key + "-3", once, ReadMode.LOCAL);
    var carts = List.of(impatient, patient, degraded);
    for (var cart : carts) {
      require(cart.add(RaftCart.FIRST));
    }

    var failFast = new Tally();
    var waiting = new Tally();
    var degrading = new Tally();
    cluster.isolate(alone);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var cart : carts) {
        var theirs = new RaftCart(cart.key(), others, ReadMode.LINEARIZABLE);
        for (var item : THEIRS) {
          require(theirs.add(item));
        }
      }
      var waited =
          threads.submit(() -> {
            use(waiting, patient);
            return true;
          });
      use(failFast, impatient);
      for (int i = 0; i < OURS.size(); i++) {
        degrading.read(degraded::items); // it refuses additions without a call
      }
      cluster.heal();
      require(waited.get());
      cluster.whole();
    }
    return List.of(
        failFast.row("Ratis", "fail fast", impatient.items()),
        waiting.row("Ratis", "wait", patient.items()),
        degrading.row("Ratis", "degrade: old reads, no writes", degraded.items()));
  }

  private static List<String> available(String strategy, ReplicatedCart empty) throws Exception {
    var clock = new ManualClock();
    var ours = new CartReplica("ours", clock, empty);
    var theirs = new CartReplica("theirs", clock, empty);
    ours.add(RaftCart.FIRST);
    theirs.merge(ours.state());
    var tally = new Tally();

    for (var item : THEIRS) {
      clock.advance(Duration.ofSeconds(1));
      theirs.add(item);
    }
    for (var item : OURS) {
      clock.advance(Duration.ofSeconds(1));
      tally.add(() -> {
        ours.add(item);
        return true;
      });
      tally.read(ours::items);
    }
    ours.merge(theirs.state());
    theirs.merge(ours.state());
    return tally.row("two replicas", strategy, theirs.items());
  }

  private static void use(Tally tally, RaftCart cart) throws Exception {
    for (var item : OURS) {
      tally.add(() -> cart.add(item));
      tally.read(cart::items);
    }
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("an addition was not acknowledged on the larger side");
    }
  }
}
