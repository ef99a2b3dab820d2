package dev.mall.locking;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * Wakes those who wait for busy locks when anybody, on any replica, has released some. It may miss
 * a release (an expiry announces nothing), so nobody should wait on it for long.
 */
final class ReleaseSignal {

  private final RedissonClient redisson;
  private final AtomicBoolean listening = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private long releases;

  ReleaseSignal(RedissonClient redisson) {
    this.redisson = redisson;
  }

  /** How many releases were heard of; read it before trying, so that none slips by in between. */
  long releases() {
    lock.lock();
    try {
      return releases;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until more than {@code seen} releases were heard of, or the time is up. */
  void awaitAnotherThan(long seen, long nanos) throws InterruptedException {
    listen();
    lock.lock();
    try {
      for (long left = nanos; releases == seen && left > 0; ) {
        left = heard.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void listen() {
    if (listening.compareAndSet(false, true)) {
      redisson
          .getTopic(RedisLeases.RELEASED, StringCodec.INSTANCE)
          .addListenerAsync(String.class, (_, _) -> hear())
          .whenComplete((_, failure) -> {
            if (failure != null) {
              listening.set(false);
            }
          });
    }
  }

  private void hear() {
    lock.lock();
    try {
      releases++;
      heard.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
