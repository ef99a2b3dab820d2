package dev.mall.lab.partitions.cart;

import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.jspecify.annotations.Nullable;

/** The whole cart with the time of its last change; of two carts, the later one stays. */
public record LastWriterCart(@Nullable LWWRegister<Set<String>> register)
    implements ReplicatedCart {

  public static LastWriterCart empty() {
    return new LastWriterCart(null);
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
    var theirs = ((LastWriterCart) other).register;
    if (register == null || theirs == null) {
      return register == null ? other : this;
    }
    return new LastWriterCart(register.merge(theirs));
  }

  @Override
  public Set<String> items() {
    return register == null ? Set.of() : register.getValue();
  }

  private LastWriterCart written(Writer writer, Set<String> items) {
    LWWRegister.Clock<Set<String>> clock = (_, _) -> writer.clock().millis();
    return new LastWriterCart(
        register == null
            ? LWWRegister.create(writer.address(), items, clock)
            : register.withValue(writer.address(), items, clock));
  }
}
