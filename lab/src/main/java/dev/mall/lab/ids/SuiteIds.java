package dev.mall.lab.ids;

import dev.mall.identifiers.IdGenerator;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;

/** One replica's generator of the suite, configured by the suite's own auto-configuration. */
final class SuiteIds implements AutoCloseable {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final IdGenerator generator;

  /**
   * Starts a replica.
   *
   * @param database has the table of {@link #migrate}
   */
  SuiteIds(DataSource database) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("lab", Map.of("mall.ids.epoch", "2026-01-01T00:00:00Z")));
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
    context.registerBean(
        PlatformTransactionManager.class, () -> new JdbcTransactionManager(database));
    context.register(
        ClassUtils.resolveClassName("dev.mall.identifiers.IdsAutoConfiguration", null));
    context.refresh();
    generator = context.getBean(IdGenerator.class);
  }

  /** Makes the table of worker leases, as a service's migration does. */
  static void migrate(DataSource database) {
    new ResourceDatabasePopulator(new ClassPathResource("db/identifiers/V0_2__worker_lease.sql"))
        .execute(database);
  }

  IdGenerator generator() {
    return generator;
  }

  /** Ends the replica, which gives its worker number back. */
  @Override
  public void close() {
    context.close();
  }
}
