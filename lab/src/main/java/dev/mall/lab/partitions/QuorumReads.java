package dev.mall.lab.partitions;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;

/** A read from one of three servers, behind a write that another one has. */
public final class QuorumReads implements Experiment {

  private static final int SERVERS = 3;

  /** The price that was written, and whether it was acknowledged. */
  private record Written(String price, boolean acknowledged) {
    @Override
    public String toString() {
      return acknowledged ? "acknowledged" : "not acknowledged";
    }
  }

  private record Found(String price) {
    @Override
    public String toString() {
      return price;
    }
  }

  @Override
  public String name() {
    return "partitions/quorum-reads";
  }

  @Override
  public String title() {
    return "R + W ≤ N returns an old value";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A store without a leader leaves the number of servers to its clients. Of N servers that keep a value, a write waits for W, a read asks R
    and takes the newest version among the answers. If R + W > N, each read meets at least one server that has the last acknowledged write,
    for the same reason that two majorities meet. With R + W ≤ N the two sets may miss each other, and the read returns whatever its servers
    have. Small numbers are quick and survive more failures, so R = W = 1 is a common setting, and its reads are old exactly when something
    is wrong.

    The overlap is less than it looks. A write that reached fewer than W servers is not acknowledged, but stays on those that it did reach:
    one read may return it and the next one not. Two writers at once need an order of versions that both accept. "Sloppy" quorums count
    servers outside the N, and the sets no longer meet. For a value that never goes back, a read has to write what it found to W servers
    first, as in the algorithm of Attiya, Bar-Noy and Dolev.

    Three Redis servers that do not know each other hold the value, each behind a link that is cut; the client does the counting.
    """;
  }

  @Override
  public String claim() {
    return "A read that begins after a write was acknowledged returns that write.";
  }

  @Override
  public String naive() {
    return "N = 3, W = 1, R = 1: a write waits for one server, a read asks one.";
  }

  @Override
  public String remedy() {
    return "N = 3, W = 2, R = 2: a write waits for two servers, a read asks two and takes the newest version.";
  }

  @Override
  public String conclusion() {
    return """
    Choose R + W > N for data that is read back, and do not call it linearizable: that needs reads that repair, or a leader. Where R + W ≤ N
    is chosen for its speed, say how old an answer may be, and measure it.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "KafkaNode: a record is acknowledged by two of three, and read from the leader",
            "tools/embedded/src/main/java/dev/mall/embedded/KafkaNode.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Gifford: Weighted voting for replicated data (1979)",
            "https://doi.org/10.1145/800215.806583"),
        Link.to(
            "Attiya, Bar-Noy and Dolev: Sharing memory robustly (1995)",
            "https://doi.org/10.1145/200836.200869"),
        Link.to(
            "Bailis and others: Probabilistically bounded staleness (2012)",
            "https://www.vldb.org/pvldb/vol5/p776_peterbailis_vldb2012.pdf"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var merchant = trial.node("merchant");
    var first = trial.node("server 1");
    trial.node("server 2");
    var third = trial.node("server 3");
    var buyer = trial.node("buyer");
    int quorum = half.isNaive() ? 1 : 2;
    var store = new QuorumStore(trial, SERVERS, quorum, quorum);

    merchant.call(first, "writes the price 10", () -> new Written("10", store.write(1, "10")));
    third.step("loses its network", () -> store.cutOff(3));
    merchant.call(first, "writes the price 12", () -> new Written("12", store.write(2, "12")));
    third.step("has its network again", () -> store.reconnect(3));
    buyer.call(
        third,
        "reads the price, from server 3 first",
        () -> new Found(store.read().orElse("no answer")));
  }

  @Override
  public List<Violation> judge(History history) {
    var acknowledged =
        history.facts(Written.class).stream().filter(it -> it.value().acknowledged()).toList();
    return history.facts(Found.class).stream()
        .filter(found -> !found.value().price().equals(acknowledged.getLast().value().price()))
        .map(found ->
            Violation.of(
                "The read returned %s after the write of %s had been acknowledged"
                    .formatted(found.value(), acknowledged.getLast().value().price()),
                acknowledged.getLast(),
                found))
        .toList();
  }
}
