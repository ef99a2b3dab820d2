package dev.mall.lab.partitions.cart;

import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.cluster.ddata.ORSet;

/**
 * An observed-remove set: each addition has a mark of its own, and a removal removes the marks that
 * its replica has seen.
 *
 * @see <a href="https://inria.hal.science/inria-00555588/document">Shapiro and others: A
 *     comprehensive study of convergent and commutative replicated data types</a>
 */
public record ObservedRemoveCart(ORSet<String> set) implements ReplicatedCart {

  public static ObservedRemoveCart empty() {
    return new ObservedRemoveCart(ORSet.create());
  }

  @Override
  public ReplicatedCart add(Writer writer, String item) {
    return new ObservedRemoveCart(set.add(writer.address(), item));
  }

  @Override
  public ReplicatedCart remove(Writer writer, String item) {
    return new ObservedRemoveCart(set.remove(writer.address(), item));
  }

  @Override
  public ReplicatedCart merge(ReplicatedCart other) {
    return new ObservedRemoveCart(set.merge(((ObservedRemoveCart) other).set));
  }

  @Override
  public Set<String> items() {
    return new TreeSet<>(set.getElements());
  }
}
