package dev.mall.lab.partitions.cart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.cluster.ddata.VersionVector;

/**
 * All versions of the cart of which none was made in knowledge of another, as version vectors show.
 * A reader merges these siblings, here into a cart with the items of all.
 *
 * @see <a href="https://www.allthingsdistributed.com/files/amazon-dynamo-sosp2007.pdf">Dynamo</a>
 */
public record SiblingsCart(List<Version> siblings) implements ReplicatedCart {

  public SiblingsCart {
    siblings = List.copyOf(siblings);
  }

  /**
   * @param vector the number of changes of each replica that went into it
   */
  public record Version(VersionVector vector, Set<String> items) {

    boolean isSameAs(Version other) {
      return vector.compareTo(other.vector).equals(VersionVector.SameInstance());
    }

    /** Whether the other was made in knowledge of this one. */
    boolean isBefore(Version other) {
      return vector.compareTo(other.vector).equals(VersionVector.BeforeInstance());
    }
  }

  public static SiblingsCart empty() {
    return new SiblingsCart(List.of());
  }

  @Override
  public ReplicatedCart add(Writer writer, String item) {
    var changed = new TreeSet<>(items());
    changed.add(item);
    return written(writer, changed);
  }

  @Override
  public ReplicatedCart remove(Writer writer, String item) {
    var changed = new TreeSet<>(items());
    changed.remove(item);
    return written(writer, changed);
  }

  @Override
  public ReplicatedCart merge(ReplicatedCart other) {
    var all = new ArrayList<>(siblings);
    for (var theirs : ((SiblingsCart) other).siblings) {
      if (all.stream().noneMatch(theirs::isSameAs)) {
        all.add(theirs);
      }
    }
    return new SiblingsCart(
        all.stream().filter(version -> all.stream().noneMatch(version::isBefore)).toList());
  }

  @Override
  public Set<String> items() {
    var all = new TreeSet<String>();
    siblings.forEach(version -> all.addAll(version.items()));
    return all;
  }

  /** A change is made in knowledge of all siblings here, and replaces them. */
  private SiblingsCart written(Writer writer, Set<String> items) {
    var known =
        siblings.stream().map(Version::vector).reduce(VersionVector.create(), VersionVector::merge);
    return new SiblingsCart(List.of(new Version(known.increment(writer.address()), items)));
  }
}
