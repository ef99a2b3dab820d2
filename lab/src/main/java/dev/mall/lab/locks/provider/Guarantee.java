package dev.mall.lab.locks.provider;

/** A property that a lock may have. */
public enum Guarantee {
  EXCLUSION("One holder at a time; a second one is refused without waiting"),
  FREE_AFTER_CRASH("A holder that crashed blocks others for a bounded time"),
  OWNER_RELEASES("A late or repeated release does not free the lock of the next holder"),
  RENEWAL("A holder that is alive keeps the lock beyond one lease"),
  BOUNDED_WAIT("A waiter gets the lock when it is free, or gives up in time"),
  NAMED_OWNER("Others can ask for the owner"),
  REMAINING_LEASE("Others can ask for the remaining lease"),
  FENCING("Each holder has a greater token than those before"),
  SERVER_RESTART("The lock outlives a server that is killed and started again"),
  SERVER_LOSS("Locks are held and acquired after a server is lost");

  private final String sentence;

  Guarantee(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
