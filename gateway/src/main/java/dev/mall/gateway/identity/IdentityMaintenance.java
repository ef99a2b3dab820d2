package dev.mall.gateway.identity;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.identity.keys.SigningKeys;
import dev.mall.runtime.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Conditional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Rotates signing keys and deletes expired authorizations, once a minute. */
@Component
@Conditional(OwnIssuer.class)
class IdentityMaintenance implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(IdentityMaintenance.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final IdentityProperties identity;
  private final SigningKeys keys;
  private final ExpiredAuthorizations authorizations;
  private final BackgroundLoop loop = new BackgroundLoop("identity-maintenance", this::step);

  IdentityMaintenance(
      IdentityProperties identity, SigningKeys keys, ExpiredAuthorizations authorizations) {
    this.identity = identity;
    this.keys = keys;
    this.authorizations = authorizations;
  }

  @Override
  public void start() {
    keys.requirePublishedLongerThan(identity.tokenLifetime());
    keys.refresh(); // a wrong secret ends the start
    loop.start();
  }

  @Override
  public void stop() {
    loop.interrupt(PATIENCE);
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  private void step() throws InterruptedException {
    Thread.sleep(INTERVAL);
    try {
      keys.refresh();
      authorizations.delete();
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn(
          "The database is unavailable; the known signing keys stay: {}", unavailable.toString());
    }
  }
}
