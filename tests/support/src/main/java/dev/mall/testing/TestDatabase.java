package dev.mall.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * An empty database on the shared PostgreSQL, owned by a role of the same name. It goes with the
 * JVM.
 *
 * @param name also the role's
 */
public record TestDatabase(String name) {

  private static final AtomicInteger COUNT = new AtomicInteger();

  /**
   * @param beginning of its name; a number makes it unique
   */
  public static TestDatabase create(String beginning) {
    var name = beginning + "_" + COUNT.incrementAndGet();
    Infrastructure.postgres().createDatabase(name);
    return new TestDatabase(name);
  }

  public String url() {
    return Infrastructure.postgres().jdbcUrl(name);
  }

  public String password() {
    return Infrastructure.postgres().password();
  }

  /** Arguments of another replica of a service, on this database and the shared Kafka. */
  public String[] replicaArguments() {
    return new String[] {
      "--server.port=0",
      "--spring.datasource.url=" + url(),
      "--spring.datasource.username=" + name,
      "--spring.datasource.password=" + password(),
      "--spring.kafka.bootstrap-servers=" + Infrastructure.kafka().bootstrapServers()
    };
  }

  /** Opens a connection for each use. */
  public DataSource dataSource() {
    return Infrastructure.postgres().dataSource(name);
  }

  /** A pool, which the caller closes. */
  public HikariDataSource pool(int size) {
    var config = new HikariConfig();
    config.setDataSource(dataSource());
    config.setMaximumPoolSize(size);
    return new HikariDataSource(config);
  }
}
