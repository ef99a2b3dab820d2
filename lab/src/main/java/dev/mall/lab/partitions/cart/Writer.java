package dev.mall.lab.partitions.cart;

import java.time.Clock;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;

/** The replica that changes a cart. */
public record Writer(SelfUniqueAddress address, Clock clock) {

  public static Writer of(String replica, Clock clock) {
    return new Writer(
        new SelfUniqueAddress(UniqueAddress.apply(new Address("pekko", "carts", replica, 1), 1L)),
        clock);
  }
}
