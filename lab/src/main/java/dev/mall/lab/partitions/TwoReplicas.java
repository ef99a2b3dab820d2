package dev.mall.lab.partitions;

import dev.mall.lab.partitions.CartEvent.Added;
import dev.mall.lab.partitions.CartEvent.Removed;
import dev.mall.lab.partitions.CartEvent.Seen;
import dev.mall.lab.partitions.cart.CartReplica;
import dev.mall.lab.partitions.cart.ReplicatedCart;
import dev.mall.lab.trial.InFlight;
import dev.mall.lab.trial.ManualClock;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Trial;
import java.time.Duration;

/** One customer's phone and laptop, each at a replica of the cart service. */
final class TwoReplicas {

  private final Node phone;
  private final Node first;
  private final Node second;
  private final Node laptop;
  private final ManualClock clock = new ManualClock();
  private final CartReplica atFirst;
  private final CartReplica atSecond;

  TwoReplicas(Trial trial, ReplicatedCart empty) {
    phone = trial.node("phone");
    first = trial.node("replica A");
    second = trial.node("replica B");
    laptop = trial.node("laptop");
    atFirst = new CartReplica("a", clock, empty);
    atSecond = new CartReplica("b", clock, empty);
  }

  void phoneAdds(String item) {
    phone.call(first, "adds " + item, () -> added(atFirst, item));
  }

  void laptopAdds(String item) {
    laptop.call(second, "adds " + item, () -> added(atSecond, item));
  }

  void phoneRemoves(String item) {
    phone.call(first, "removes " + item, () -> removed(atFirst, item));
  }

  void phoneReads() {
    phone.call(first, "reads the cart", () -> new Seen(atFirst.items()));
  }

  void laptopReads() {
    laptop.call(second, "reads the cart", () -> new Seen(atSecond.items()));
  }

  /** Each sends the other its state, and both arrive. */
  void exchange() {
    var toSecond = first.send(second, "sends its cart", atFirst.state());
    var toFirst = second.send(first, "sends its cart", atSecond.state());
    arrive(toSecond, atSecond);
    arrive(toFirst, atFirst);
  }

  /** Each sends the other its state, and the network loses both. */
  void lose() {
    first.send(second, "sends its cart", atFirst.state()).drop();
    second.send(first, "sends its cart", atSecond.state()).drop();
  }

  private static void arrive(InFlight<ReplicatedCart> message, CartReplica receiver) {
    message.arrive(
        "merges it",
        cart -> {
          receiver.merge(cart);
          return "has " + new Seen(receiver.items());
        });
  }

  private Added added(CartReplica replica, String item) {
    clock.advance(Duration.ofSeconds(1));
    replica.add(item);
    return new Added(item);
  }

  private Removed removed(CartReplica replica, String item) {
    clock.advance(Duration.ofSeconds(1));
    replica.remove(item);
    return new Removed(item);
  }
}
