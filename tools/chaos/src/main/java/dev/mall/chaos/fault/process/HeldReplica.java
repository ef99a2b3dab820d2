package dev.mall.chaos.fault.process;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.ServiceReplica;
import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import dev.mall.contracts.values.CheckoutMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Brings a service to a crash point. */
final class HeldReplica {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private HeldReplica() {}

  /** The name in reports, such as "relay before send". */
  static String nameOf(CrashPoint point) {
    return point.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Returns the replica that was the first to come there; a thread of it stands still until it is
   * released or killed.
   */
  static ServiceReplica hold(Mall mall, MallService service, CrashPoint point)
      throws InterruptedException {
    var candidates = mall.replicasOf(service);
    var stopped = stoppedFor(mall, point);
    candidates.forEach(replica -> replica.arm(point));
    try {
      stopped.forEach(ServiceReplica::pause);
      Polling.require(
          PATIENCE,
          () -> {
            mall.restartEnded(); // as one whose database went while it started
            return candidates.stream().anyMatch(replica -> replica.isHeldAt(point));
          },
          () -> "%s did not reach %s".formatted(service.title(), nameOf(point)));
    } catch (RuntimeException | InterruptedException failed) {
      candidates.forEach(replica -> replica.release(point));
      throw failed;
    } finally {
      stopped.forEach(ServiceReplica::resume);
    }
    var held =
        candidates.stream().filter(replica -> replica.isHeldAt(point)).findFirst().orElseThrow();
    candidates.stream().filter(other -> other != held).forEach(other -> other.release(point));
    return held;
  }

  /**
   * Why the services do not come to the point under a mode, or so rarely that it is not awaited.
   */
  static Optional<String> leftOutUnder(CheckoutMode mode, CrashPoint point) {
    if (point == CrashPoint.DEADLINE_SWEEP && !mode.isOrchestrated()) {
      return Optional.of("only returns are sagas, and no deadline of theirs passes soon");
    }
    if (point == CrashPoint.LOCK_HELD && mode == CheckoutMode.TWO_PHASE) {
      return Optional.of("only returns take a lock in Redis; sales lock rows alone");
    }
    if (point == CrashPoint.EXPIRY_SWEEP && mode == CheckoutMode.TWO_PHASE) {
      return Optional.of("stock is sold without a reservation, so none expires");
    }
    return Optional.empty();
  }

  /** Replicas of a service that a periodic job waits for: while they stand still, it finds work. */
  private static List<ServiceReplica> stoppedFor(Mall mall, CrashPoint point) {
    return switch (point) {
      case ANNOUNCE_SWEEP -> mall.replicasOf(MallService.INVENTORY);
      case EXPIRY_SWEEP, DEADLINE_SWEEP -> mall.replicasOf(MallService.PAYMENT);
      case RELAY_BEFORE_SEND,
          RELAY_IN_BATCH,
          RELAY_BEFORE_REMOVAL,
          IN_TRANSACTION,
          BEFORE_OFFSET_COMMIT,
          PREPARED_BEFORE_VOTE,
          DECISION_READ,
          COMMITTED_BEFORE_REPLY,
          LOCK_HELD ->
          List.of();
    };
  }
}
