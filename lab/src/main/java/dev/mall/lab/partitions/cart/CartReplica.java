package dev.mall.lab.partitions.cart;

import java.time.Clock;
import java.util.Set;

/** A replica of the cart service, which accepts changes whether or not it reaches the other. */
public final class CartReplica {

  private final Writer writer;
  private ReplicatedCart cart;

  public CartReplica(String name, Clock clock, ReplicatedCart empty) {
    this.writer = Writer.of(name, clock);
    this.cart = empty;
  }

  public synchronized void add(String item) {
    cart = cart.add(writer, item);
  }

  public synchronized void remove(String item) {
    cart = cart.remove(writer, item);
  }

  public synchronized Set<String> items() {
    return cart.items();
  }

  /** The state that this replica sends the other. */
  public synchronized ReplicatedCart state() {
    return cart;
  }

  public synchronized void merge(ReplicatedCart received) {
    cart = cart.merge(received);
  }
}
