package dev.mall.identifiers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * {@link IdGenerator} for a service whose database has the migrations of {@code db/identifiers}.
 */
@AutoConfiguration(
    after = {
      JdbcClientAutoConfiguration.class,
      DataSourceTransactionManagerAutoConfiguration.class
    },
    afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnProperty("mall.ids.epoch") // said by who makes ids; class paths may be shared
@EnableConfigurationProperties(IdsProperties.class)
class IdsAutoConfiguration {

  @Bean
  IdGenerator idGenerator(
      JdbcClient jdbc, PlatformTransactionManager transactions, IdsProperties properties) {
    var holder = "pid %d, %s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
    return new IdGenerator(
        new DatabaseWorkerLeases(jdbc, transactions), properties, IdClock.SYSTEM, holder);
  }

  @Bean
  WorkerLeaseRenewer workerLeaseRenewer(IdGenerator ids, IdsProperties properties) {
    return new WorkerLeaseRenewer(ids, properties.lease());
  }

  @Bean
  HealthIndicator idsHealthIndicator(IdGenerator ids) {
    return () -> {
      var worker = ids.worker();
      return worker.isPresent()
          ? Health.up().withDetail("worker", worker.getAsInt()).build()
          : Health.outOfService().build();
    };
  }

  @Bean
  MeterBinder idsMetrics(IdGenerator ids) {
    return registry ->
        Gauge.builder("mall.ids.worker", ids, held -> held.worker().orElse(-1))
            .description("the worker number that ids are made with; -1 for none")
            .register(registry);
  }
}
