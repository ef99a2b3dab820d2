package dev.mall.lab.consensus;

import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sizes of quorums, with the overlaps counted over all pairs instead of asserted. */
public final class QuorumArithmetic implements Comparison {

  private static final int LARGEST = 10;

  @Override
  public String name() {
    return "consensus/quorum-arithmetic";
  }

  @Override
  public String title() {
    return "Why a majority, and why 3f+1 against liars";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    A quorum is a set of servers whose agreement is enough. Two conditions fix its size. Any two quorums must have a server in common, or
    two decisions could be made without knowledge of each other. And a quorum must be there while f servers have failed, or the failure
    stops everything.

    If servers fail by stopping, one common server is enough: it knows of the earlier decision and says so. Quorums of more than half of n
    always meet, and n = 2f+1 servers bear f failures. A fourth server beside three makes the quorum larger and bears no failure more, so
    clusters have odd sizes.

    If a server may lie, such as one that is compromised or has a damaged memory, the common one may be the liar and confirm two decisions
    that contradict each other. Two quorums have to share at least f+1 servers, so that one of them is honest. At most n-f answers can be
    waited for, and two sets of n-f share n-2f; from n-2f ≥ f+1 follows n ≥ 3f+1, and the quorum is 2f+1 of them. This is the bound of PBFT.
    With n = 3f, two quorums may share only liars: the last rows show the pair.

    The tables count the overlap over all pairs of sets, so a mistake in the formulas would show.
    """;
  }

  @Override
  public String conclusion() {
    return """
    Take three servers to survive one failure, five to survive two, and never an even number. Byzantine agreement costs three times as many
    servers as the liars that it bears, instead of twice as many as the failures, and a round more; inside one organization signatures,
    checksums and access control are the usual answer.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "KafkaNode: copies and acknowledgements of one and of three brokers",
            "tools/embedded/src/main/java/dev/mall/embedded/KafkaNode.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Castro and Liskov: Practical Byzantine fault tolerance (1999)",
            "https://pmg.csail.mit.edu/papers/osdi99.pdf"),
        Link.to(
            "Bracha and Toueg: Asynchronous consensus and broadcast protocols (1985)",
            "https://doi.org/10.1145/4221.214134"),
        Link.to(
            "Lamport: Paxos made simple (2001)",
            "https://lamport.azurewebsites.net/pubs/paxos-simple.pdf"));
  }

  @Override
  public Result compare(Trial trial) {
    return Result.of(stopping(), lying());
  }

  private static Table stopping() {
    var rows = new ArrayList<List<String>>();
    for (int n = 1; n <= 7; n++) {
      int quorum = n / 2 + 1;
      rows.add(
          List.of(
              Integer.toString(n),
              Integer.toString(quorum),
              Integer.toString(n - quorum),
              Integer.toString(smallestOverlap(n, quorum)),
              n % 2 == 0 ? "stops on both sides" : "one side goes on"));
    }
    return new Table(
        "Servers that stop: a quorum is a majority",
        List.of(
            Column.of("servers"),
            Column.of("quorum"),
            Column.of("failures it bears"),
            Column.of("servers that any two quorums share, at least"),
            Column.of("split as evenly as possible")),
        rows);
  }

  private static Table lying() {
    var rows = new ArrayList<List<String>>();
    for (int f = 1; f <= 3; f++) {
      rows.add(lying(3 * f + 1, f));
    }
    for (int f = 1; f <= 3; f++) {
      rows.add(lying(3 * f, f));
    }
    return new Table(
        "Servers that lie: a quorum is all answers that can be waited for",
        List.of(
            Column.of("servers n"),
            Column.of("liars f"),
            Column.of("quorum n-f"),
            Column.of("shared by two quorums, at least"),
            Column.of("of these honest, at least"),
            Column.of("safe")),
        rows);
  }

  private static List<String> lying(int n, int f) {
    if (n > LARGEST) {
      throw new IllegalArgumentException("too many pairs of sets of " + n);
    }
    int overlap = smallestOverlap(n, n - f);
    int honest = Math.max(0, overlap - f);
    return List.of(
        Integer.toString(n),
        Integer.toString(f),
        Integer.toString(n - f),
        Integer.toString(overlap),
        Integer.toString(honest),
        honest > 0 ? "yes" : "no: " + contradiction(n, f));
  }

  /** Over all pairs of sets of this size. */
  static int smallestOverlap(int servers, int size) {
    var sets = setsOf(servers, size);
    return sets.stream()
        .flatMapToInt(one -> sets.stream().mapToInt(other -> Integer.bitCount(one & other)))
        .min()
        .orElseThrow();
  }

  /** Two quorums that have only liars in common. */
  private static String contradiction(int servers, int liars) {
    var quorums = setsOf(servers, servers - liars);
    for (int one : quorums) {
      for (int other : quorums) {
        if (Integer.bitCount(one & other) <= liars) {
          return "%s and %s share only %s".formatted(text(one), text(other), text(one & other));
        }
      }
    }
    throw new IllegalStateException("no such pair of " + servers);
  }

  private static List<Integer> setsOf(int servers, int size) {
    return IntStream.range(0, 1 << servers)
        .filter(set -> Integer.bitCount(set) == size)
        .boxed()
        .toList();
  }

  private static String text(int set) {
    return IntStream.range(0, Integer.SIZE)
        .filter(server -> (set & 1 << server) != 0)
        .map(server -> server + 1)
        .boxed()
        .toList()
        .toString();
  }
}
