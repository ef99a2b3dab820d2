package dev.mall.lab.locks.comparison;

import dev.mall.lab.locks.provider.Guarantee;
import dev.mall.lab.locks.provider.LockClient;
import dev.mall.lab.locks.provider.LockClient.Held;
import dev.mall.lab.locks.provider.LockClient.Holder;
import dev.mall.lab.locks.provider.LockProvider;
import dev.mall.lab.locks.provider.LockService;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.StepFailedException;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which guarantees hold on running servers, each with processes and a lock of its own.
 */
final class LockChecks {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration SHORT_LEASE = Duration.ofSeconds(3);
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final Duration LEAST_WAIT = Duration.ofMillis(150);

  private final Trial trial;
  private final LockProvider provider;
  private final LockService service;
  private long renewalBeganAt;

  LockChecks(Trial trial, LockProvider provider) throws Exception {
    this.trial = trial;
    this.provider = provider;
    this.service = provider.start(trial);
  }

  LockProvider provider() {
    return provider;
  }

  LockService service() {
    return service;
  }

  /** Begins {@link #renewal}, so that all providers can run through the lease together. */
  void beginRenewal() throws Exception {
    contender(Guarantee.RENEWAL, "A", SHORT_LEASE).acquired();
    renewalBeganAt = System.nanoTime();
  }

  /** Whether a holder that is alive kept its lock for more than one lease. */
  boolean renewal() throws Exception {
    trial.await(
        "one and a half leases have passed",
        () ->
            System.nanoTime() - renewalBeganAt
                > SHORT_LEASE.multipliedBy(3).dividedBy(2).toNanos());
    return contender(Guarantee.RENEWAL, "B", SHORT_LEASE).isRefused();
  }

  /** Those of the others that hold and do not stop a server. */
  Set<Guarantee> withServersUp() throws Exception {
    var held = EnumSet.noneOf(Guarantee.class);
    for (var guarantee : EnumSet.range(Guarantee.EXCLUSION, Guarantee.FENCING)) {
      if (guarantee != Guarantee.RENEWAL && holds(guarantee)) {
        held.add(guarantee);
      }
    }
    return held;
  }

  /** Those that hold when servers stop; the service is unusable afterwards. */
  Set<Guarantee> withServersDown() throws Exception {
    var held = EnumSet.noneOf(Guarantee.class);
    for (var guarantee : EnumSet.of(Guarantee.SERVER_RESTART, Guarantee.SERVER_LOSS)) {
      if (holds(guarantee)) {
        held.add(guarantee);
      }
    }
    return held;
  }

  private boolean holds(Guarantee guarantee) throws Exception {
    return switch (guarantee) {
      case EXCLUSION -> exclusion(guarantee);
      case FREE_AFTER_CRASH -> freeAfterCrash(guarantee);
      case OWNER_RELEASES -> ownerReleases(guarantee);
      case RENEWAL -> renewal();
      case BOUNDED_WAIT -> boundedWait(guarantee);
      case NAMED_OWNER -> namedOwner(guarantee);
      case REMAINING_LEASE -> remainingLease(guarantee);
      case FENCING -> fencing(guarantee);
      case SERVER_RESTART -> serverRestart(guarantee);
      case SERVER_LOSS -> serverLoss(guarantee);
    };
  }

  private boolean exclusion(Guarantee guarantee) throws Exception {
    var a = contender(guarantee, "A");
    var b = contender(guarantee, "B");
    var held = a.acquired();
    if (!b.isRefused()) {
      return false;
    }
    a.release(held);
    return b.acquire(Duration.ZERO).isPresent();
  }

  private boolean freeAfterCrash(Guarantee guarantee) throws Exception {
    var a = contender(guarantee, "A");
    a.acquired();
    a.client().crash();
    service.pass(LEASE.plusSeconds(1));
    return contender(guarantee, "B").acquire(WAIT).isPresent();
  }

  /** A holder that is late if its lease can end, else one that repeats its release. */
  private boolean ownerReleases(Guarantee guarantee) throws Exception {
    var a = contender(guarantee, "A");
    var held = a.acquired();
    service.pass(LEASE.plusSeconds(1));
    var b = contender(guarantee, "B");
    if (b.isRefused()) {
      a.release(held);
      b.acquired();
    }
    a.release(held);
    return contender(guarantee, "C").isRefused();
  }

  private boolean boundedWait(Guarantee guarantee) throws Exception {
    var a = contender(guarantee, "A");
    var b = contender(guarantee, "B");
    var held = a.acquired();
    long start = System.nanoTime();
    boolean refused = b.acquire(WAIT).isEmpty();
    if (!refused || System.nanoTime() - start < LEAST_WAIT.toNanos()) {
      return false;
    }
    var waiting = b.node().begin("waits", () -> b.waitUntilAcquired());
    a.release(held);
    return waiting.end();
  }

  private boolean namedOwner(Guarantee guarantee) throws Exception {
    var held = contender(guarantee, "A").acquired();
    return contender(guarantee, "B")
        .holder()
        .map(Holder::owner)
        .filter(held.owner()::equals)
        .isPresent();
  }

  private boolean remainingLease(Guarantee guarantee) throws Exception {
    contender(guarantee, "A").acquired();
    return contender(guarantee, "B")
        .holder()
        .flatMap(Holder::remainingLease)
        .filter(left -> left.isPositive() && left.compareTo(LEASE) <= 0)
        .isPresent();
  }

  private boolean fencing(Guarantee guarantee) throws Exception {
    var a = contender(guarantee, "A");
    var first = a.acquired();
    a.release(first);
    var second = contender(guarantee, "B").acquired();
    return first.token().isPresent()
        && second.token().isPresent()
        && first.token().getAsLong() < second.token().getAsLong();
  }

  private boolean serverRestart(Guarantee guarantee) throws Exception {
    contender(guarantee, "A").acquired();
    service.restartServer();
    var b = contender(guarantee, "B");
    trial.await("the service gives out locks", () -> isAcquired(b, "after a restart"));
    return b.isRefused();
  }

  private boolean serverLoss(Guarantee guarantee) throws Exception {
    contender(guarantee, "A").acquired();
    var b = contender(guarantee, "B");
    service.loseServer();
    return isAcquired(b, "after a loss") && b.isRefused();
  }

  /** A failure of any library means that it is not. */
  private static boolean isAcquired(Contender contender, String lock) {
    try {
      return contender.acquire(lock, WAIT).isPresent();
    } catch (StepFailedException _) {
      return false;
    }
  }

  private Contender contender(Guarantee guarantee, String letter) throws Exception {
    return contender(guarantee, letter, LEASE);
  }

  private Contender contender(Guarantee guarantee, String letter, Duration lease) throws Exception {
    var name = "%s, %s: %s".formatted(provider.name(), guarantee, letter);
    return new Contender(trial.node(name), service.connect(name, lease), guarantee.name());
  }

  private record Contender(Node node, LockClient client, String lock) {

    Held acquired() {
      return acquire(Duration.ZERO)
          .orElseThrow(() -> new IllegalStateException(node.name() + " cannot acquire the lock"));
    }

    boolean isRefused() {
      return acquire(Duration.ZERO).isEmpty();
    }

    Optional<Held> acquire(Duration wait) {
      return acquire(lock, wait);
    }

    Optional<Held> acquire(String name, Duration wait) {
      return node.step("acquires", () -> client.acquire(name, wait));
    }

    /** Waits again and again, as a provider may bound the wait. */
    boolean waitUntilAcquired() throws Exception {
      while (client.acquire(lock, WAIT).isEmpty()) {
        if (Thread.currentThread().isInterrupted()) {
          return false;
        }
      }
      return true;
    }

    Optional<Holder> holder() {
      return node.step("asks for the holder", () -> client.holder(lock));
    }

    void release(Held held) {
      node.step("releases", held::release);
    }
  }
}
