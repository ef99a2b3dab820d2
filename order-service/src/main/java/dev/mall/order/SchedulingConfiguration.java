package dev.mall.order;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.TransactionException;

/** Scheduling: a task that fails is logged and runs again. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulingConfiguration {

  private static final Logger log = LoggerFactory.getLogger(SchedulingConfiguration.class);

  @Bean
  SimpleAsyncTaskSchedulerCustomizer logFailures() {
    return scheduler -> scheduler.setErrorHandler(SchedulingConfiguration::log);
  }

  /** Logs a database outage as one line, since the tasks run twice a second. */
  private static void log(Throwable failure) {
    if (failure instanceof DataAccessException || failure instanceof TransactionException) {
      log.warn("database unavailable: {}", failure.getMessage());
    } else {
      log.error("scheduled task failed", failure);
    }
  }
}
