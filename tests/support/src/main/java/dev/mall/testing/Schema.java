package dev.mall.testing;

import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The tables of a service, or of a module that it uses, without its Spring context. */
public final class Schema {

  private Schema() {}

  /**
   * @param parts directories below {@code db/} on the class path
   */
  public static void migrate(DataSource database, String... parts) {
    flyway(database, parts).load().migrate();
  }

  /**
   * As the services configure it: with Flyway's lock held in a transaction, {@code create index
   * concurrently} would wait for that transaction, without end.
   */
  public static FluentConfiguration flyway(DataSource database, String... parts) {
    return Flyway.configure()
        .dataSource(database)
        .locations(Stream.of(parts).map("classpath:db/"::concat).toArray(String[]::new))
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
  }
}
