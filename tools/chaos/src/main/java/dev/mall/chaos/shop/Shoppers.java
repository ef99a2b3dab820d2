package dev.mall.chaos.shop;

import dev.mall.cli.Polling;
import dev.mall.verifier.accepted.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded crowd. Each of them orders, again and again with one key until the order is accepted,
 * cancels that or an earlier order now and then, and thinks of something else; what was accepted
 * goes into the journal.
 */
public final class Shoppers implements AutoCloseable {

  private static final int CROWD = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int RESTOCK_EVERY = 40;

  private final ShopClient shop;
  private final Workload workload;
  private final Journal journal;
  private final long pauseNanos;
  private final RecentOrders bought = new RecentOrders();
  private final RequestStatsRecorder recorder = new RequestStatsRecorder();
  private final AtomicLong nextOrderAt = new AtomicLong(System.nanoTime());
  private final ReentrantReadWriteLock doors = new ReentrantReadWriteLock(true);
  private final List<Thread> crowd = new ArrayList<>();
  private volatile boolean open = true;

  /**
   * @param perSecond orders of all of them together, while all goes well
   */
  public Shoppers(ShopClient shop, Workload workload, Journal journal, int perSecond) {
    this.shop = shop;
    this.workload = workload;
    this.journal = journal;
    this.pauseNanos = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  public void come() {
    for (int i = 0; i < CROWD; i++) {
      crowd.add(Thread.ofVirtual().name("shopper-" + i).start(this::shop));
    }
  }

  /**
   * Stops new orders, and returns when every open request was answered or given up.
   *
   * @throws IllegalStateException if a request is open for longer; new orders are allowed again
   */
  public void drain() throws InterruptedException {
    if (!doors.writeLock().tryLock(PATIENCE.multipliedBy(2).toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "requests of customers are still open long after new ones were stopped");
    }
  }

  /** By the thread that closed them. */
  public void reopen() {
    doors.writeLock().unlock();
  }

  /** Returns the figures since the last call. */
  public RequestStats stats() {
    return recorder.take();
  }

  /** How many orders were accepted altogether. */
  public int accepted() {
    return recorder.total();
  }

  /** Orders something harmless and waits until it is confirmed. */
  public void awaitServed(Duration atMost) throws InterruptedException {
    awaitServed(atMost, () -> {});
  }

  /**
   * @param meanwhile repeated until then
   */
  public void awaitServed(Duration atMost, Runnable meanwhile) throws InterruptedException {
    var probe = new Probe(workload.harmless(), UUID.randomUUID().toString());
    Polling.require(
        atMost,
        () -> {
          meanwhile.run();
          return probe.isConfirmed();
        },
        () -> "no order was confirmed");
  }

  /** An order that is asked for until it is confirmed. */
  private final class Probe {

    private final RequestedOrder order;
    private final String key;
    private @Nullable String id;

    Probe(RequestedOrder order, String key) {
      this.order = order;
      this.key = key;
    }

    boolean isConfirmed() {
      if (id == null) {
        var placed = shop.place(order, key);
        if (!placed.isSuccess()) {
          return false;
        }
        id = placed.text("id");
        journal.accepted(order.customer(), key, id);
      }
      return shop.order(id).text("status").equals("CONFIRMED");
    }
  }

  private void shop() {
    while (open) {
      try {
        think();
        doors.readLock().lockInterruptibly();
        try {
          order(workload.next());
        } finally {
          doors.readLock().unlock();
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException broken) {
        recorder.failure(broken.toString());
      }
    }
  }

  /** Waits for the next slot of the rate; slots missed during an outage are not made up for. */
  private void think() throws InterruptedException {
    long now = System.nanoTime();
    long turn =
        nextOrderAt.updateAndGet(
            last -> Math.max(last, now - Duration.ofSeconds(1).toNanos()) + pauseNanos);
    if (turn > now) {
      Thread.sleep(Duration.ofNanos(turn - now));
    }
  }

  private void order(RequestedOrder order) throws InterruptedException {
    var key = UUID.randomUUID().toString();
    var id = placeUntilAccepted(order, key);
    if (id == null) {
      return;
    }
    journal.accepted(order.customer(), key, id);
    recorder.accepted(id);
    var earlier = bought.remember(id);
    if (workload.regrets()) {
      cancel(workload.regretsAtOnce() ? id : earlier);
    }
    if (workload.repeats()) {
      repeat(order, key, id);
    }
    if (recorder.total() % RESTOCK_EVERY == 0) {
      workload.restock(shop);
    }
  }

  private void repeat(RequestedOrder order, String key, String id) throws InterruptedException {
    recorder.resentOnce();
    var again = placeUntilAccepted(order, key);
    if (again != null && !again.equals(id)) {
      recorder.failure("key %s stood for order %s and now for %s".formatted(key, id, again));
    }
  }

  /** Asks until the cancellation is accepted, or refused because the order was cancelled before. */
  private void cancel(String id) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (open) {
      var reply = shop.cancel(id);
      if (reply.isSuccess()) {
        journal.cancelled(id);
        return;
      }
      if (reply.problem().filter("order-cancelled"::equals).isPresent()) {
        return;
      }
      if (!reply.isLater()) {
        recorder.failure(reply.toString());
        return;
      }
      if (reply.isConnectionRefused()) {
        end = System.nanoTime() + PATIENCE.toNanos(); // the time to start has its own limit
      } else if (System.nanoTime() > end) {
        recorder.failure("not cancelled in %d s: %s".formatted(PATIENCE.toSeconds(), reply));
        return;
      }
      Thread.sleep(200);
    }
  }

  private @Nullable String placeUntilAccepted(RequestedOrder order, String key)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var last = "no answer";
    while (System.nanoTime() < end && open) {
      recorder.sent(key);
      var reply = shop.place(order, key);
      if (reply.isSuccess()) {
        recorder.answered(key);
        return reply.text("id");
      }
      last = reply.toString();
      if (reply.isConnectionRefused()) {
        end = System.nanoTime() + PATIENCE.toNanos(); // the time to start has its own limit
      } else if (!reply.isLater() && reply.status() != 409) {
        recorder.failure(last);
      }
      Thread.sleep(200); // as Retry-After would have it, but more eager
    }
    if (open) {
      recorder.failure("not accepted in %d s: %s".formatted(PATIENCE.toSeconds(), last));
    }
    return null;
  }

  @Override
  public void close() {
    open = false;
    crowd.forEach(Thread::interrupt);
  }
}
