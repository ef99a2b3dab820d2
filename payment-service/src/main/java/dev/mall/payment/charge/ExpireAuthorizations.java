package dev.mall.payment.charge;

import dev.mall.payment.charge.Payment.Authorized;
import dev.mall.payment.ledger.Ledger;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Returns held money whose authorization has expired. Replicas may do so concurrently. A capture or
 * void of the same order holds the payment's lock, and the sweep skips it; where the sweep comes
 * first, the command waits and finds the authorization expired.
 */
@Service
class ExpireAuthorizations {

  private final PaymentStore payments;
  private final Ledger ledger;
  private final AuthorizationProperties properties;
  private final ApplicationEventPublisher events;

  ExpireAuthorizations(
      PaymentStore payments,
      Ledger ledger,
      AuthorizationProperties properties,
      ApplicationEventPublisher events) {
    this.payments = payments;
    this.ledger = ledger;
    this.properties = properties;
    this.events = events;
  }

  /** Published in the transaction. */
  record AuthorizationsExpired(int count) {}

  /** Ends a batch of the oldest expired authorizations and returns how many. */
  @Transactional
  int expireSome() {
    var overdue = payments.lockedOverdue(properties.sweepBatch());
    if (overdue.isEmpty()) {
      return 0;
    }
    var customers = overdue.stream().map(Authorized::customerId).collect(Collectors.toSet());
    var outcome = PaymentRules.expire(overdue, ledger.locked(customers));
    payments.update(outcome.changed());
    ledger.post(outcome.transactions());
    events.publishEvent(new AuthorizationsExpired(overdue.size()));
    return overdue.size();
  }
}
