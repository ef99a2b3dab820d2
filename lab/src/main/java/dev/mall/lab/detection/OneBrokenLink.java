package dev.mall.lab.detection;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Trial;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A member that one other member cannot reach, and that all the rest can. */
public final class OneBrokenLink implements Experiment {

  private enum Verdict {
    ALIVE("it is alive"),
    FAILED("it has failed");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** An answer to a customer, by which a member shows that it is alive. */
  private record Served(String member) {
    @Override
    public String toString() {
      return "served";
    }
  }

  @Override
  public String name() {
    return "detection/one-broken-link";
  }

  @Override
  public String title() {
    return "One member's silence is taken for everyone's";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    A monitor that receives nothing knows that something between it and the process is broken: the process, the network between, or the monitor
    itself, whose own pause looks the same from inside. If its verdict counts for the whole cluster, a single broken link removes a healthy
    member, and a monitor with a fault of its own removes all. Partial connectivity is not rare. A switch that loses the
    packets of one pair of hosts, a firewall rule, an exhausted table of connections, a route that works in one direction: members disagree about who is there.

    SWIM, which is used by Consul and Serf among others, asks before it accuses. A member whose ping gets no answer chooses a few others at random and
    asks them to ping the suspect in its place. An answer to any of them clears it. The chance that several independent paths are broken while the process
    runs is much smaller than that of one, and the load stays constant per member. A suspect that is still silent is announced as suspected
    first, so that it can refute the suspicion itself, and declared failed only some time later.
    """;
  }

  @Override
  public String claim() {
    return "A member that serves its customers is not declared failed, and a crashed one is.";
  }

  @Override
  public String naive() {
    return "The member whose ping was not answered declares the other one failed.";
  }

  @Override
  public String remedy() {
    return "It first asks another member to ping in its place.";
  }

  @Override
  public String conclusion() {
    return """
    Reachability belongs to a pair, failure to a process. Before an accusation that others act upon, ask from another place; and let a monitor that suspects many at
    once suspect itself.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(Link.to("The fault suite cuts single connections", "tools/chaos/README.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to("Das, Gupta and Motivala: SWIM (2002)", "https://doi.org/10.1109/DSN.2002.1028914"),
        Link.to(
            "Dadgar, Phillips and Currey: Lifeguard (2018)", "https://arxiv.org/abs/1707.00788"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("A");
    var b = trial.node("B");
    var c = trial.node("C");
    var links = new Links();

    links.cut(a, c);
    c.event("loses its link to A");
    a.step("judges C", () -> judged(half, a, b, c, links));
    c.step("answers a customer", () -> new Served("C"));
    c.crash("power cut");
    links.cut(b, c);
    a.step("judges C", () -> judged(half, a, b, c, links));
  }

  @Override
  public List<Violation> judge(History history) {
    var served = history.facts(Served.class).getLast();
    return history.facts(Verdict.class).stream()
        .filter(verdict -> {
          boolean before = verdict.event().number() < served.event().number();
          return verdict.value() == (before ? Verdict.FAILED : Verdict.ALIVE);
        })
        .map(wrong -> Violation.of("The verdict on C is wrong", wrong, served))
        .toList();
  }

  private static Verdict judged(Half half, Node judge, Node other, Node suspect, Links links) {
    boolean answers =
        pings(judge, suspect, links) || (!half.isNaive() && asks(judge, other, suspect, links));
    return answers ? Verdict.ALIVE : Verdict.FAILED;
  }

  private static boolean pings(Node from, Node to, Links links) {
    var ping = from.send(to, "pings " + to.name(), "ping");
    if (links.isCut(from, to)) {
      ping.drop();
      return false;
    }
    ping.arrive("receives", Function.identity());
    to.send(from, "answers", "answer").arrive("receives", Function.identity());
    return true;
  }

  private static boolean asks(Node judge, Node other, Node suspect, Links links) {
    judge
        .send(other, "asks " + other.name(), "ping " + suspect.name())
        .arrive("receives", Function.identity());
    boolean answers = pings(other, suspect, links);
    other
        .send(judge, "reports", suspect.name() + (answers ? " answered" : " was silent"))
        .arrive("receives", Function.identity());
    return answers;
  }

  /** The pairs between which messages are lost. */
  private static final class Links {

    private final Set<String> cut = new HashSet<>();

    void cut(Node one, Node other) {
      cut.add(one.name() + other.name());
    }

    boolean isCut(Node from, Node to) {
      return cut.contains(from.name() + to.name());
    }
  }
}
