package dev.mall.lab.consensus;

import dev.mall.lab.consensus.cluster.StoreClient.Found;
import java.util.Optional;

/** Servers 1, 2 and 3, which keep values together; at the start server 1 takes the writes. */
interface ThreeServers {

  /** Whether server 1 and those that it depends on have a value. */
  boolean put(String key, String value);

  /**
   * Puts a value if the key has none.
   *
   * @param server that the client reaches: 1, or 2, which stands for the side of 2 and 3
   * @return whether the key had none; empty if no answer came
   */
  Optional<Boolean> putIfAbsent(int server, String key, String value);

  /** Empty if no answer came. */
  Optional<Found> get(int server, String key);

  /** Waits until server 2 has all that was acknowledged. */
  void awaitCopied();

  /** Separates server 1 or 2 from the other servers; clients reach it. */
  void isolate(int server);

  /** Ends the separation of server 2. */
  void reconnect();

  /** Ends server 1 at once. */
  void killFirst();

  /** Server 2 or 3 takes the writes from now on. */
  void takeOver();

  /** Ends the separation of server 1, which takes over the state of the others. */
  void rejoinFirst();
}
