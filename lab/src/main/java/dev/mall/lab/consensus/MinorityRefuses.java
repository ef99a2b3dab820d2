package dev.mall.lab.consensus;

import dev.mall.lab.consensus.linearizability.KeyedValues.PutIfAbsent;
import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Trial;
import java.util.List;

/** A partition between the server that takes writes and the two others. */
public final class MinorityRefuses implements Experiment {

  private static final String TICKET = "ticket";

  @Override
  public String name() {
    return "consensus/minority-refuses";
  }

  @Override
  public String title() {
    return "A partition leaves the leader in the minority";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A network partition leaves servers that run and clients that reach them, but not each other. From either side it looks as if the other
    one had failed. A failover that acts on this impression makes a second primary while the first one still works: split brain. Each
    accepts writes that contradict the other's, and when the network is whole again one of the two histories has to be thrown out, with
    everything that was promised to its clients.

    A majority is the way to know that the other side cannot do the same: two disjoint sets of servers cannot both have more than half of
    them. With three servers the side of two goes on, and the single one refuses, even if it was the leader and is in perfect health. It
    can still append a write to its own log, but never sees it on a second server, so the client has no answer; later the entry is
    overwritten. An even number is no help: four servers split two and two, neither side has three, and all of it stops. The table of
    [quorum arithmetic](quorum-arithmetic.md) has the numbers.

    A missing answer is not a refusal: the client does not know. It has to ask again, with the same number of the request, so that a
    repeated one takes effect once.
    """;
  }

  @Override
  public String claim() {
    return "One ticket is sold once.";
  }

  @Override
  public String naive() {
    return "Server 3 does not reach server 1 and has server 2 take over, while server 1 goes on (Redis with a replica).";
  }

  @Override
  public String remedy() {
    return "A sale counts when a majority has it, so the side of one server confirms none (Raft).";
  }

  @Override
  public String conclusion() {
    return """
    Let a side of a partition go on only if it is a majority, and count the members in the configuration, not those that answer. A failover
    between two servers without a third vote is a choice between split brain and standing still, whether or not the manual says so.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "KafkaNode: controllers that elect by majority",
            "tools/embedded/src/main/java/dev/mall/embedded/KafkaNode.java"),
        Link.to(
            "ADR 4: two relays at once repeat messages and do no other harm",
            "docs/adr/0004-outbox-order-and-relay.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Bailis and Kingsbury: The network is reliable (2014)",
            "https://queue.acm.org/detail.cfm?id=2655736"),
        Link.to("Kingsbury: Jepsen: Redis (2013)", "https://aphyr.com/posts/283-jepsen-redis"),
        Link.to(
            "Ongaro: Consensus: bridging theory and practice (2014)",
            "https://web.stanford.edu/~ouster/cgi-bin/papers/OngaroPhD.pdf"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var ann = trial.node("Ann");
    var first = trial.node("server 1");
    var second = trial.node("server 2");
    var third = trial.node("server 3");
    var ben = trial.node("Ben");
    ThreeServers servers = half.isNaive() ? new AsynchronousCopy(trial) : new RaftServers(trial);

    first.step("loses its network to servers 2 and 3", () -> servers.isolate(1));
    third.step("waits until its side takes writes", servers::takeOver);
    buy(ann, first, servers, 1);
    buy(ben, second, servers, 2);
    first.step("has its network again and follows", servers::rejoinFirst);
    ann.call(first, "asks who has the ticket", () -> KeyCall.got(TICKET, servers.get(1, TICKET)));
  }

  private static void buy(Node buyer, Node server, ThreeServers servers, int number) {
    buyer.call(
        server,
        "buys the last ticket",
        () ->
            KeyCall.putIfAbsent(
                TICKET, buyer.name(), servers.putIfAbsent(number, TICKET, buyer.name())));
  }

  @Override
  public List<Violation> judge(History history) {
    var sales =
        history.facts(KeyCall.class).stream()
            .filter(call ->
                call.value().operation() instanceof PutIfAbsent sale && sale.done().orElse(false))
            .toList();
    return sales.size() < 2
        ? List.of()
        : List.of(
            Violation.of(
                "The last ticket was sold to %s and to %s"
                    .formatted(buyer(sales.getFirst()), buyer(sales.getLast())),
                sales.toArray(Fact<?>[]::new)));
  }

  private static String buyer(Fact<KeyCall> sale) {
    return sale.event().node();
  }
}
