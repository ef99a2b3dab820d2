package dev.mall.locking;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * Wakes threads that wait for busy locks when any replica has released some. It may miss a release
 * (an expiry announces nothing), so waits on it must be short.
 */
final class ReleaseSignal {

  private final RedissonClient redisson;
  private final AtomicBoolean listening = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private long releases;

  ReleaseSignal(RedissonClient redisson) {
    this.redisson = redisson;
  }

  /** The number of releases received; read before an attempt, so that none is missed in between. */
  long releases() {
    lock.lock();
    try {
      return releases;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until more than {@code seen} releases were received, or the time is up. */
  void awaitAnotherThan(long seen, long nanos) throws InterruptedException {
    subscribe();
    lock.lock();
    try {
      for (long left = nanos; releases == seen && left > 0; ) {
        left = released.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void subscribe() {
    if (listening.compareAndSet(false, true)) {
      redisson
          .getTopic(RedisLeases.RELEASED, StringCodec.INSTANCE)
          .addListenerAsync(String.class, (_, _) -> received())
          .whenComplete((_, failure) -> {
            if (failure != null) {
              listening.set(false);
            }
          });
    }
  }

  private void received() {
    lock.lock();
    try {
      releases++;
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
