package dev.mall.embedded;

/** A server of a test or of the demo, which keeps its port when it is killed and restarted. */
public interface Server extends AutoCloseable {

  /** Starts with the data of the last time and returns when the server answers. */
  void start();

  /** Stops in good order and keeps the data; does nothing if the server is not running. */
  void stop();

  default void restart() {
    stop();
    start();
  }

  /** Comes back on the same port and has forgotten everything. */
  void restartEmpty();

  boolean running();

  @Override
  void close();
}
