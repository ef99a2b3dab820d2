package dev.mall.payment.charge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Ends expired authorizations at a fixed interval, until none is left. */
@Component
class AuthorizationExpiryJob implements SchedulingConfigurer {

  private static final Logger log = LoggerFactory.getLogger(AuthorizationExpiryJob.class);

  private final ExpireAuthorizations expire;
  private final AuthorizationProperties properties;

  AuthorizationExpiryJob(ExpireAuthorizations expire, AuthorizationProperties properties) {
    this.expire = expire;
    this.properties = properties;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar tasks) {
    tasks.addFixedDelayTask(this::expireOverdue, properties.sweepEvery());
  }

  private void expireOverdue() {
    try {
      int count;
      do {
        count = expire.expireSome();
        if (count > 0) {
          log.info("{} authorizations expired; their money went back to the wallets", count);
        }
      } while (count == properties.sweepBatch());
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("Cannot expire authorizations, retrying later: {}", unavailable.getMessage());
    }
  }
}
