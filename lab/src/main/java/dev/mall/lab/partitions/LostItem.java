package dev.mall.lab.partitions;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.partitions.CartEvent.Added;
import dev.mall.lab.partitions.CartEvent.Removed;
import dev.mall.lab.partitions.CartEvent.Seen;
import dev.mall.lab.partitions.cart.LastWriterCart;
import dev.mall.lab.partitions.cart.SiblingsCart;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;

/** Two replicas that accept changes during a partition, and keep the last one. */
public final class LostItem implements Experiment {

  @Override
  public String name() {
    return "partitions/lost-item";
  }

  @Override
  public String title() {
    return "The last writer wins, and an item is lost";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    A store that has to accept changes on both sides of a partition gives up one truth and needs a rule by which two states become one again.
    The simplest is a timestamp: of two versions, the later one stays. All replicas come to the same state, which is called convergence and
    says nothing of what is in it. An acknowledged change that was made at the other replica a moment earlier is gone, and neither of its
    authors is informed. With clocks that differ, not even the later change stays.

    The store cannot know that the two versions were made without knowledge of each other, because a timestamp orders everything. A version
    vector can: it counts the changes of each replica that a version includes. If one vector is at least as great in every component, that
    version was made in knowledge of the other and replaces it. If each is greater somewhere, the versions are concurrent, and the store
    keeps both as siblings for the next reader, who knows what a cart is and merges them.

    The versions here are those of Apache Pekko's replicated data types. Messages between the replicas are part of the schedule.
    """;
  }

  @Override
  public String claim() {
    return "An item that was added, and not removed, is in the cart after the replicas have exchanged their states.";
  }

  @Override
  public String naive() {
    return "Each replica keeps the cart with the later timestamp.";
  }

  @Override
  public String remedy() {
    return "Each replica keeps the carts that were made without knowledge of each other, and readers merge them.";
  }

  @Override
  public String conclusion() {
    return """
    Last writer wins is right for values that may be lost, such as a last-seen time. For anything that people build up piece by piece, a
    store must recognize concurrent changes, and the application must say how they merge.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 10: movements are added up instead of overwritten",
            "docs/adr/0010-ledger-of-movements.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "DeCandia and others: Dynamo (2007)",
            "https://www.allthingsdistributed.com/files/amazon-dynamo-sosp2007.pdf"),
        Link.to(
            "Parker and others: Detection of mutual inconsistency in distributed systems (1983)",
            "https://doi.org/10.1109/TSE.1983.236733"),
        Link.to(
            "Kingsbury: The trouble with timestamps (2013)",
            "https://aphyr.com/posts/299-the-trouble-with-timestamps"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var cart =
        new TwoReplicas(trial, half.isNaive() ? LastWriterCart.empty() : SiblingsCart.empty());

    cart.phoneAdds("milk");
    cart.exchange();
    cart.phoneAdds("bread");
    cart.laptopAdds("eggs");
    cart.lose();
    cart.phoneReads();
    cart.exchange();
    cart.phoneReads();
    cart.laptopReads();
  }

  @Override
  public List<Violation> judge(History history) {
    return history.facts(Seen.class).stream()
        .skip(1) // during the partition
        .flatMap(seen ->
            CartEvent.before(seen, Added.class, history).stream()
                .filter(added -> !seen.value().items().contains(added.value().item()))
                .filter(added ->
                    CartEvent.before(seen, Removed.class, history).stream()
                        .noneMatch(it -> it.value().item().equals(added.value().item())))
                .map(added ->
                    Violation.of(
                        "The %s does not see the %s"
                            .formatted(seen.event().node(), added.value().item()),
                        added,
                        seen)))
        .toList();
  }
}
