package dev.mall.lab.partitions.cart;

import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.jspecify.annotations.Nullable;

/** The whole cart with the time of its last change; of two carts, the later one stays. */
public record LastWriterCart(@Nullable LWWRegister<Set<String>> register) implements Cart {

  public static LastWriterCart empty() {
    return new LastWriterCart(null);
  }

  @Override
  public Cart add(Writer writer, String item) {
    var changed = new TreeSet<>(items());
    changed.add(item);
    return written(writer, changed);
  }

  @Override
  public Cart remove(Writer writer, String item) {
    var changed = new TreeSet<>(items());
    changed.remove(item);
    return written(writer, changed);
  }

  @Override
  public Cart merge(Cart other) {
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
