package dev.mall.lab.partitions;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.partitions.CartEvent.Removed;
import dev.mall.lab.partitions.CartEvent.Seen;
import dev.mall.lab.partitions.cart.ObservedRemoveCart;
import dev.mall.lab.partitions.cart.SiblingsCart;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;

/** A removal on one side of a partition, an addition on the other. */
public final class RemovedItemReturns implements Experiment {

  @Override
  public String name() {
    return "partitions/removed-item-returns";
  }

  @Override
  public String title() {
    return "Siblings are merged, and a removed item returns";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    Siblings lose nothing, but they leave the merge to the reader, and the obvious merge of two carts, all items of both, cannot express a
    removal. An item that is in one sibling and not in the other was either added on the one side or removed on the other, and the siblings
    alone do not say which. The union decides for "added", so removed items come back. Amazon's cart did this for years, with the argument
    that a customer who sees a removed item removes it again, while one who misses an item buys less.

    A data type can carry what is missing. In an observed-remove set each addition has a mark of its own, made of the replica and a
    counter, and the state knows by a version vector which marks a replica has seen. A removal drops the marks of the item. In a merge, a mark
    that one side has and the other has seen was removed there; a mark that the other has not seen is new. An addition that is concurrent
    with the removal of the same item has a new mark and stays. Merging is commutative, associative and idempotent, so messages may arrive in
    any order and more than once: a conflict-free replicated data type (CRDT). The set here is Apache Pekko's.
    """;
  }

  @Override
  public String claim() {
    return "An item that was removed, and not added again, is not in the cart after the replicas have exchanged their states.";
  }

  @Override
  public String naive() {
    return "Readers merge siblings into a cart with the items of all.";
  }

  @Override
  public String remedy() {
    return "The cart is an observed-remove set, which distinguishes a removed item from one that was added elsewhere.";
  }

  @Override
  public String conclusion() {
    return """
    Convergence is easy, convergence to the right state needs the operations and not only their results. Take a CRDT from a library where
    one fits, such as for sets, counters and maps; an invariant over the whole, such as "at most five pieces", needs one place that decides.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 3: stock is an invariant over all orders, and has one place that decides",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"),
        Link.to(
            "ADR 5: a decision is stored, so that a repeated message finds it",
            "docs/adr/0005-stored-decisions.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Shapiro and others: Convergent and commutative replicated data types (2011)",
            "https://inria.hal.science/inria-00555588/document"),
        Link.to(
            "Bieniusa and others: An optimized conflict-free replicated set (2012)",
            "https://arxiv.org/abs/1210.3368"),
        Link.to(
            "Apache Pekko: distributed data",
            "https://pekko.apache.org/docs/pekko/current/typed/distributed-data.html"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var cart =
        new TwoReplicas(trial, half.isNaive() ? SiblingsCart.empty() : ObservedRemoveCart.empty());

    cart.phoneAdds("bread");
    cart.phoneAdds("milk");
    cart.exchange();
    cart.phoneRemoves("milk");
    cart.laptopAdds("eggs");
    cart.lose();
    cart.exchange();
    cart.phoneReads();
    cart.laptopReads();
  }

  @Override
  public List<Violation> judge(History history) {
    return history.facts(Seen.class).stream()
        .flatMap(seen ->
            CartEvent.before(seen, Removed.class, history).stream()
                .filter(removed -> seen.value().items().contains(removed.value().item()))
                .map(removed ->
                    Violation.of(
                        "The %s sees the %s that was removed"
                            .formatted(seen.event().node(), removed.value().item()),
                        removed,
                        seen)))
        .toList();
  }
}
