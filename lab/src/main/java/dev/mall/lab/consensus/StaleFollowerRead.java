package dev.mall.lab.consensus;

import dev.mall.lab.consensus.cluster.StoreClient;
import dev.mall.lab.consensus.cluster.StoreClient.ReadMode;
import dev.mall.lab.consensus.cluster.StoreCluster;
import dev.mall.lab.consensus.linearizability.KeyedValues.Put;
import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;
import java.util.UUID;

/** A follower that is behind, and answers reads. */
public final class StaleFollowerRead implements Experiment {

  private static final String PRICE = "price";

  @Override
  public String name() {
    return "consensus/stale-follower-read";
  }

  @Override
  public String title() {
    return "A follower answers a read from its own copy";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Consensus orders writes. Whether a read fits into this order is a second question, and the answer is "no" by default: each server
    applies the log at its own pace, and a server that has been cut off does not notice that it is behind. A read that it answers from its
    copy may return a value from before a write that was acknowledged, even to the client that wrote it. The leader is no exception: one
    that was paused or cut off may have been replaced without knowing it.

    Linearizability is the promise that a read returns the last acknowledged write, or a later one, as if there were one copy. Raft keeps
    it without a log entry for each read by a read index: the server asks the leader for its commit index, the leader makes sure by a round
    of heartbeats that a majority still follows it, and the server answers when it has applied that much. A server that reaches no leader
    cannot answer, and says so. A leader lease saves the heartbeats, at the price of relying on clocks.

    Both halves run on the same three processes of Apache Ratis, on the same data; only the way of reading differs. The judge searches an
    order of the calls that a single copy could have answered in, by the algorithm of Wing and Gong as improved by Lowe.
    """;
  }

  @Override
  public String claim() {
    return "A read that begins after a write was acknowledged returns that write, or a later one.";
  }

  @Override
  public String naive() {
    return "Each server answers reads from its copy.";
  }

  @Override
  public String remedy() {
    return "A server asks the leader for the read index, and answers when it has applied that much.";
  }

  @Override
  public String conclusion() {
    return """
    "It is on Raft" says nothing of reads. Look up how the store answers them, and choose per read: current, or from any copy with a known
    age. A read that decides something, such as whether money is left, has to be current, or be checked again by the write that follows.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 11: the verifier compares databases that it reads at different moments",
            "docs/adr/0011-verify-without-a-common-moment.md"),
        Link.to(
            "ADR 3: the statement that writes checks what was read",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Herlihy and Wing: Linearizability (1990)",
            "https://cs.brown.edu/~mph/HerlihyW90/p463-herlihy.pdf"),
        Link.to(
            "Ongaro: Consensus: bridging theory and practice, 6.4 (2014)",
            "https://web.stanford.edu/~ouster/cgi-bin/papers/OngaroPhD.pdf"),
        Link.to(
            "Lowe: Testing for linearizability (2017)",
            "https://www.cs.ox.ac.uk/people/gavin.lowe/LinearizabiltyTesting/paper.pdf"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var merchant = trial.node("merchant");
    var first = trial.node("leader");
    var third = trial.node("follower");
    var buyer = trial.node("buyer");
    var cluster = trial.shared(StoreCluster.class, StoreCluster::start, StoreCluster::close);
    var nodes = cluster.whole();
    var leader = nodes.getFirst();
    var follower = nodes.getLast();
    var writer = new StoreClient(StoreClient.PATIENTLY, leader, nodes.get(1));
    var mode = half.isNaive() ? ReadMode.LOCAL : ReadMode.LINEARIZABLE;
    var key = UUID.randomUUID().toString();

    merchant.call(first, "sets the price to 10", () -> put(writer, key, "10"));
    cluster.awaitCaughtUp(follower, leader);
    var patient = new StoreClient(StoreClient.PATIENTLY, follower);
    buyer.call(third, "reads the price", () -> got(patient, key, mode));
    third.step("loses its network to the other servers", () -> cluster.isolate(follower));
    merchant.call(first, "sets the price to 12", () -> put(writer, key, "12"));
    var once = new StoreClient(StoreClient.ONE_ATTEMPT, follower);
    buyer.call(third, "reads the price", () -> got(once, key, mode));
    third.step(
        "has its network again and catches up",
        () -> {
          cluster.heal();
          cluster.awaitCaughtUp(follower, leader);
        });
    buyer.call(third, "reads the price", () -> got(patient, key, mode));
  }

  @Override
  public List<Violation> judge(History history) {
    return KeyCall.misfits(history).stream().map(read -> stale(history, read)).toList();
  }

  private static Violation stale(History history, Fact<KeyCall> read) {
    var last = KeyCall.lastPutBefore(read, history);
    return Violation.of(
        "The %s read %s after the write of %s had been acknowledged"
            .formatted(read.event().node(), read.value(), ((Put) last.value().operation()).value()),
        last,
        read);
  }

  private static KeyCall put(StoreClient client, String key, String value) {
    return KeyCall.put(PRICE, value, client.put(key, value));
  }

  private static KeyCall got(StoreClient client, String key, ReadMode mode) {
    return KeyCall.got(PRICE, client.get(key, mode));
  }
}
