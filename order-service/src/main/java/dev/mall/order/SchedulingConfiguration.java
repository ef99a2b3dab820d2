package dev.mall.order;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.TransactionException;

/** What is done time and again goes on, whatever goes wrong once. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulingConfiguration {

  private static final Logger log = LoggerFactory.getLogger(SchedulingConfiguration.class);

  @Bean
  SimpleAsyncTaskSchedulerCustomizer tellOfFailures() {
    return scheduler -> scheduler.setErrorHandler(SchedulingConfiguration::tell);
  }

  /** A database that is away is told in a line, since it is tried again twice a second. */
  private static void tell(Throwable failure) {
    if (failure instanceof DataAccessException || failure instanceof TransactionException) {
      log.warn("The database cannot be asked now: {}", failure.getMessage());
    } else {
      log.error("A scheduled task failed", failure);
    }
  }
}
