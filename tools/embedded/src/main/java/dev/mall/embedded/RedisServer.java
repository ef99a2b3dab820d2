package dev.mall.embedded;

/** Redis, which writes its data down only when it is stopped in order. */
public interface RedisServer extends Server {

  String url();

  /** Ends it at once (SIGKILL), as a power cut would. */
  void kill();

  /** Freezes it: connections stay open, nothing answers. */
  void suspend();

  void resume();
}
