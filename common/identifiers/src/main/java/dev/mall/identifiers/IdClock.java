package dev.mall.identifiers;

import java.util.concurrent.locks.LockSupport;

/** The time as an id maker sees it; tests move it. */
interface IdClock {

  /** Milliseconds since 1970 on the wall clock, which may jump either way. */
  long millis();

  /** A clock that never jumps, from any origin. */
  long nanos();

  /** Lets some time pass, less than a millisecond as a rule. */
  void pause();

  IdClock SYSTEM =
      new IdClock() {
        @Override
        public long millis() {
          return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause() {
          LockSupport.parkNanos(100_000);
        }
      };
}
