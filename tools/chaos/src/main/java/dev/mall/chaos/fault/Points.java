package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Patience;
import dev.mall.chaos.mall.Replica;
import dev.mall.chaos.points.Point;
import dev.mall.verifier.books.Service;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Brings a service to a crash point. */
final class Points {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Points() {}

  /** As people say it: "relay before send". */
  static String nameOf(Point point) {
    return point.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Returns the replica that was the first to come there; a thread of it stands still until it is
   * released or killed.
   */
  static Replica hold(Mall mall, Service service, Point point) throws InterruptedException {
    var candidates = mall.replicasOf(service);
    var stopped = stoppedFor(mall, point);
    candidates.forEach(replica -> replica.arm(point));
    try {
      stopped.forEach(Replica::pause);
      Patience.demand(
          "%s comes to %s".formatted(service.title(), nameOf(point)),
          PATIENCE,
          () -> {
            mall.restartEnded(); // as one whose database went while it started
            return candidates.stream().anyMatch(replica -> replica.isHeldAt(point));
          });
    } catch (RuntimeException | InterruptedException failed) {
      candidates.forEach(replica -> replica.release(point));
      throw failed;
    } finally {
      stopped.forEach(Replica::resume);
    }
    var held =
        candidates.stream().filter(replica -> replica.isHeldAt(point)).findFirst().orElseThrow();
    candidates.stream().filter(other -> other != held).forEach(other -> other.release(point));
    return held;
  }

  /** Sweeps find something only if somebody whom they wait for stands still. */
  private static List<Replica> stoppedFor(Mall mall, Point point) {
    return switch (point) {
      case ANNOUNCE_SWEEP -> mall.replicasOf(Service.SAGA);
      case EXPIRY_SWEEP, DEADLINE_SWEEP -> mall.replicasOf(Service.PAYMENT);
      case RELAY_BEFORE_SEND,
          RELAY_IN_BATCH,
          RELAY_BEFORE_REMOVAL,
          IN_TRANSACTION,
          BEFORE_OFFSET_COMMIT,
          LOCK_HELD ->
          List.of();
    };
  }
}
