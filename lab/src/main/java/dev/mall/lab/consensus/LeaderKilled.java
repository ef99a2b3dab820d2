package dev.mall.lab.consensus;

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

/** The server that acknowledged a write is killed while one of the others is behind. */
public final class LeaderKilled implements Experiment {

  private static final String ORDER = "order-7";

  @Override
  public String name() {
    return "consensus/leader-killed";
  }

  @Override
  public String title() {
    return "The leader is killed after it acknowledged a write";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A copy on a second server protects data only if it is there when the first server fails. With asynchronous replication the primary
    answers first and sends later, so an acknowledged write may exist in one place: while the replica is slow, restarts, or its network is
    interrupted, the difference grows. If the primary fails at such a moment, whatever takes over cannot know what it lacks. A promotion by
    an operator or a sentinel makes the replica the truth, and the acknowledged writes are gone without an error anywhere.

    Raft acknowledges an entry of its log when a majority has stored it, here two of three. Any two majorities have a server in common, so
    among the servers that elect the next leader there is one that has the entry. The election makes sure that this one wins: a server
    votes only for candidates whose log is at least as recent as its own. In the schedule the server that is behind asks for votes, too,
    and is refused. The new leader then sends it the missing entries.

    Below, the naive half is Redis with a replica, and a third server that only decides who takes over. The remedy is a key-value store on
    Apache Ratis, three processes with a log on disk each. Both lose the same server at the same step.
    """;
  }

  @Override
  public String claim() {
    return "A write that was acknowledged survives the loss of one server.";
  }

  @Override
  public String naive() {
    return "Server 1 acknowledges a write and copies it to server 2 afterwards; server 3 has server 2 take over.";
  }

  @Override
  public String remedy() {
    return "A write is acknowledged when two of three servers have it, and only a server that has it can be elected (Raft).";
  }

  @Override
  public String conclusion() {
    return """
    Ask of every replicated store which servers have a write when it is acknowledged. If the answer is "one", a failover loses writes, and
    the tooling around it only decides which. A majority costs a round trip to the nearest other server, and needs no decision by an
    operator.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "KafkaNode: a record is acknowledged when two of three brokers have it",
            "tools/embedded/src/main/java/dev/mall/embedded/KafkaNode.java"),
        Link.to(
            "ADR 3: a lock in Redis, which may lose it, and a fence in the database",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Ongaro and Ousterhout: In search of an understandable consensus algorithm (2014)",
            "https://raft.github.io/raft.pdf"),
        Link.to(
            "Redis: replication, and how it may lose writes",
            "https://redis.io/docs/latest/operate/oss_and_stack/management/replication/"),
        Link.to("Apache Ratis", "https://ratis.apache.org/"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var client = trial.node("client");
    var first = trial.node("server 1");
    var second = trial.node("server 2");
    var third = trial.node("server 3");
    ThreeServers servers = half.isNaive() ? new AsynchronousCopy(trial) : new RaftServers(trial);

    client.call(first, "writes order 7 = placed", () -> put(servers, "placed"));
    servers.awaitCopied();
    second.step("loses its network to the other servers", () -> servers.isolate(2));
    client.call(first, "writes order 7 = paid", () -> put(servers, "paid"));
    servers.killFirst();
    first.crash("power cut");
    second.step("has its network again", servers::reconnect);
    third.step("waits until one of the survivors takes writes", servers::takeOver);
    client.call(second, "reads order 7", () -> KeyCall.got(ORDER, servers.get(2, ORDER)));
  }

  @Override
  public List<Violation> judge(History history) {
    return KeyCall.misfits(history).stream().map(read -> lost(history, read)).toList();
  }

  private static Violation lost(History history, Fact<KeyCall> read) {
    var last = KeyCall.lastPutBefore(read, history);
    return Violation.of(
        "The acknowledged write of '%s' is lost: the read found '%s'"
            .formatted(((Put) last.value().operation()).value(), read.value()),
        last,
        read);
  }

  private static KeyCall put(ThreeServers servers, String value) {
    return KeyCall.put(ORDER, value, servers.put(ORDER, value));
  }
}
