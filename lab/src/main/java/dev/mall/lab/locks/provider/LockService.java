package dev.mall.lab.locks.provider;

import java.time.Duration;

/** Running servers of a {@link LockProvider}, and their faults. */
public interface LockService {

  /**
   * Connects a process.
   *
   * @param lease of its locks, or time after which a server gives up a silent process
   */
  LockClient connect(String process, Duration lease) throws Exception;

  /** Time passes on the servers, in which no process renews a lease or sends a heartbeat. */
  void pass(Duration time) throws Exception;

  /** Kills a server and starts it again with the data that it had made durable. */
  void restartServer() throws Exception;

  /** Kills a server for good. */
  void loseServer() throws Exception;
}
