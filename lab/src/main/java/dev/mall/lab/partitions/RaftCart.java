package dev.mall.lab.partitions;

import dev.mall.lab.consensus.cluster.StoreClient;
import dev.mall.lab.consensus.cluster.StoreClient.ReadMode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A cart on the replicated store, with a key for each item that is in it. */
record RaftCart(String key, StoreClient client, ReadMode mode) {

  static final String FIRST = "apples";
  private static final List<String> CATALOGUE = List.of(FIRST, "bread", "eggs", "milk", "salt");

  boolean add(String item) {
    return client.put(key + "-" + item, "in the cart");
  }

  /** Empty if no answer came; a cart has its first item at least. */
  Set<String> items() {
    var found = new TreeSet<String>();
    for (var item : CATALOGUE) {
      var answer = client.get(key + "-" + item, mode);
      if (answer.isEmpty()) {
        return Set.of();
      }
      if (answer.get().value().isPresent()) {
        found.add(item);
      }
    }
    return found;
  }
}
