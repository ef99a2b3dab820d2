package dev.mall.chaos.shop;

import dev.mall.chaos.mall.Patience;
import dev.mall.chaos.shop.ShopClient.NoAnswer;
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
 * and then thinks of something else; what was accepted goes into the journal.
 */
public final class Shoppers implements AutoCloseable {

  private static final int CROWD = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int RESTOCK_EVERY = 40;

  private final ShopClient shop;
  private final Assortment assortment;
  private final Journal journal;
  private final long pauseNanos;
  private final Till till = new Till();
  private final AtomicLong nextOrderAt = new AtomicLong(System.nanoTime());
  private final ReentrantReadWriteLock doors = new ReentrantReadWriteLock(true);
  private final List<Thread> crowd = new ArrayList<>();
  private volatile boolean open = true;

  /**
   * @param perSecond orders of all of them together, while all goes well
   */
  public Shoppers(ShopClient shop, Assortment assortment, Journal journal, int perSecond) {
    this.shop = shop;
    this.assortment = assortment;
    this.journal = journal;
    this.pauseNanos = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  public void come() {
    for (int i = 0; i < CROWD; i++) {
      crowd.add(Thread.ofVirtual().name("shopper-" + i).start(this::shop));
    }
  }

  /**
   * Lets nobody in, and returns when everybody inside has been served, or has lost patience.
   *
   * @throws IllegalStateException if somebody waits for longer; the doors are open again
   */
  public void closeDoors() throws InterruptedException {
    if (!doors.writeLock().tryLock(PATIENCE.multipliedBy(2).toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("customers are still inside long after closing time");
    }
  }

  /** By the thread that closed them. */
  public void openDoors() {
    doors.writeLock().unlock();
  }

  /** What has happened since this was last asked. */
  public Tally tally() {
    return till.take();
  }

  /** How many orders were accepted altogether. */
  public int accepted() {
    return till.total();
  }

  /** Orders something harmless and waits until it is confirmed. */
  public void awaitServed(Duration atMost) throws InterruptedException {
    awaitServed(atMost, () -> {});
  }

  /**
   * @param meanwhile what is done again and again until then
   */
  public void awaitServed(Duration atMost, Runnable meanwhile) throws InterruptedException {
    var probe = new Probe(Assortment.harmless(), UUID.randomUUID().toString());
    Patience.demand(
        "an order is confirmed",
        atMost,
        () -> {
          meanwhile.run();
          return probe.isConfirmed();
        });
  }

  /** An order that is asked for until it is confirmed. */
  private final class Probe {

    private final Wish wish;
    private final String key;
    private @Nullable String id;

    Probe(Wish wish, String key) {
      this.wish = wish;
      this.key = key;
    }

    boolean isConfirmed() {
      try {
        if (id == null) {
          var answer = shop.place(wish, key);
          if (!answer.isSuccess()) {
            return false;
          }
          id = answer.body().path("id").asString();
          journal.accepted(wish.customer(), key, id);
        }
        var order = shop.order(id);
        return order.isSuccess() && order.body().path("status").asString().equals("CONFIRMED");
      } catch (NoAnswer _) {
        return false;
      }
    }
  }

  private void shop() {
    while (open) {
      try {
        think();
        doors.readLock().lockInterruptibly();
        try {
          order(assortment.next());
        } finally {
          doors.readLock().unlock();
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException broken) {
        till.wrong(broken.toString());
      }
    }
  }

  /** Until it is one's turn; what was missed while nobody was served is not made up for. */
  private void think() throws InterruptedException {
    long now = System.nanoTime();
    long turn =
        nextOrderAt.updateAndGet(
            last -> Math.max(last, now - Duration.ofSeconds(1).toNanos()) + pauseNanos);
    if (turn > now) {
      Thread.sleep(Duration.ofNanos(turn - now));
    }
  }

  private void order(Wish wish) throws InterruptedException {
    var key = UUID.randomUUID().toString();
    var id = placeUntilAccepted(wish, key);
    if (id == null) {
      return;
    }
    journal.accepted(wish.customer(), key, id);
    till.accepted(id);
    if (assortment.repeats()) {
      repeat(wish, key, id);
    }
    if (till.total() % RESTOCK_EVERY == 0) {
      assortment.restock(shop);
    }
  }

  private void repeat(Wish wish, String key, String id) throws InterruptedException {
    till.resentOnce();
    var again = placeUntilAccepted(wish, key);
    if (again != null && !again.equals(id)) {
      till.wrong("key %s stood for order %s and now for %s".formatted(key, id, again));
    }
  }

  private @Nullable String placeUntilAccepted(Wish wish, String key) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var last = "no answer";
    while (System.nanoTime() < end && open) {
      till.sent(key);
      try {
        var answer = shop.place(wish, key);
        if (answer.isSuccess()) {
          till.answered(key);
          return answer.body().path("id").asString();
        }
        last = answer.toString();
        if (answer.status() != 409 && answer.status() != 503) {
          till.wrong(last);
        }
      } catch (NoAnswer lost) {
        last = lost.toString();
        if (lost.nobodyIsThere()) {
          end = System.nanoTime() + PATIENCE.toNanos(); // how long it starts is another question
        }
      }
      Thread.sleep(200); // as Retry-After would have it, but more eager
    }
    if (open) {
      till.wrong("not accepted in %d s: %s".formatted(PATIENCE.toSeconds(), last));
    }
    return null;
  }

  @Override
  public void close() {
    open = false;
    crowd.forEach(Thread::interrupt);
  }
}
