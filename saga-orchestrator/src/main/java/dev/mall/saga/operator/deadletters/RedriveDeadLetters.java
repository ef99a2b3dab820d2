package dev.mall.saga.operator.deadletters;

import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.messaging.outbox.Outbox.Redriven;
import dev.mall.saga.operator.audit.AuditEntry;
import dev.mall.saga.operator.audit.AuditEntry.Kind;
import dev.mall.saga.operator.audit.AuditEntry.OfDeadLetter;
import dev.mall.saga.operator.audit.AuditLog;
import dev.mall.saga.operator.audit.Reason;
import dev.mall.saga.operator.deadletters.DeadLetterStore.Locked;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends dead letters again, through the outbox to the topic they came from, or discards them. A
 * message that is sent again keeps its id: a service that handled it before repeats its reply.
 */
@Component
public class RedriveDeadLetters {

  private static final Logger log = LoggerFactory.getLogger(RedriveDeadLetters.class);

  private final DeadLetterStore letters;
  private final Outbox outbox;
  private final AuditLog audit;
  private final DeadLetterProperties properties;
  private final MessagingProperties messaging;
  private final MeterRegistry meters;

  RedriveDeadLetters(
      DeadLetterStore letters,
      Outbox outbox,
      AuditLog audit,
      DeadLetterProperties properties,
      MessagingProperties messaging,
      MeterRegistry meters) {
    this.letters = letters;
    this.outbox = outbox;
    this.audit = audit;
    this.properties = properties;
    this.messaging = messaging;
    this.meters = meters;
  }

  /**
   * The result of a redrive by filter.
   *
   * @param dryRun whether nothing was sent
   * @param matching letters that wait and pass the filter
   * @param expired of these, how many are too old to be sent again
   * @param exhausted of these, how many were sent again too often
   * @param redriven how many were sent again now, or would be
   * @param remaining how many the next request could send again
   */
  public record Redrive(
      boolean dryRun, long matching, long expired, long exhausted, long redriven, long remaining) {}

  @Transactional
  public void redrive(long id, Reason reason) {
    var letter = waiting(id);
    if (letter.redrives() >= properties.redrives()) {
      throw new DeadLetterRefused.Exhausted(letter.redrives());
    }
    if (letter.expired()) {
      throw new DeadLetterRefused.Expired(messaging.horizon().toDays());
    }
    send(List.of(letter), reason);
  }

  /** Sends the oldest ones again, one batch per call, or only counts them. */
  @Transactional
  public Redrive redrive(DeadLetterFilter filter, Reason reason, boolean dryRun) {
    var passing = filter.where(DeadLetterStatus.WAITING);
    var totals = letters.count(passing, properties.redrives(), messaging.horizon());
    var now =
        dryRun
            ? List.<Locked>of()
            : letters.lockedSendable(
                passing, properties.redrives(), messaging.horizon(), properties.batch());
    if (!now.isEmpty()) {
      send(now, reason);
    }
    long sent =
        dryRun
            ? letters.countSendable(
                passing, properties.redrives(), messaging.horizon(), properties.batch())
            : now.size();
    return new Redrive(
        dryRun,
        totals.matching(),
        totals.expired(),
        totals.exhausted(),
        sent,
        Math.max(0, totals.sendable() - sent));
  }

  @Transactional
  public void discard(long id, Reason reason) {
    settle(List.of(waiting(id)), DeadLetterStatus.DISCARDED, Kind.DISCARD, reason);
  }

  private void send(List<Locked> dead, Reason reason) {
    outbox.redrive(
        dead.stream()
            .map(letter ->
                new Redriven(
                    letter.topic(),
                    letter.key(),
                    letter.headers(),
                    letter.body(),
                    letter.redrives() + 1))
            .toList());
    settle(dead, DeadLetterStatus.REDRIVEN, Kind.REDRIVE, reason);
  }

  private void settle(List<Locked> settled, DeadLetterStatus status, Kind kind, Reason reason) {
    letters.settle(settled, status);
    audit.append(
        settled.stream()
            .map(letter ->
                new AuditEntry(
                    new OfDeadLetter(letter.id(), letter.orderId()),
                    kind,
                    reason,
                    Map.of("status", letter.status()),
                    Map.of("status", status)))
            .toList());
    meters.counter("mall.dead.letters.settled", "as", status.name()).increment(settled.size());
    settled.forEach(letter ->
        log.warn(
            "{} dead letter {} of order {} from {} by {}: {}",
            status,
            letter.id(),
            letter.orderId(),
            letter.topic(),
            reason.who(),
            reason.why()));
  }

  private Locked waiting(long id) {
    var letter =
        letters
            .locked(id, messaging.horizon())
            .orElseThrow(() -> new DeadLetterRefused.Unknown(id));
    if (letter.status() != DeadLetterStatus.WAITING) {
      throw new DeadLetterRefused.Settled(letter.status());
    }
    return letter;
  }
}
