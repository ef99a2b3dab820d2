package dev.mall.identifiers;

/** A clock that tests move: the wall clock either way, the other only forward. */
final class MovableIdClock implements IdClock {

  private long millis;
  private long nanos;

  MovableIdClock(long millis) {
    this.millis = millis;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void pause() {
    pass(1);
  }

  void pass(long passed) {
    millis += passed;
    nanos += passed * 1_000_000;
  }

  void jump(long by) {
    millis += by;
  }
}
