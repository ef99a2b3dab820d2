package dev.mall.testing.containers;

import dev.mall.embedded.PostgresServer;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

public final class ContainerPostgres extends ContainerServer implements PostgresServer {

  private static final String SUPERUSER = "postgres";

  private final ContainerPort port;
  private final String password;

  public ContainerPostgres(ContainerPort port) {
    this(port, UUID.randomUUID().toString());
  }

  private ContainerPostgres(ContainerPort port, String password) {
    super(
        new PostgreSQLContainer("postgres:18")
            .withUsername(SUPERUSER)
            .withPassword(password)
            .withDatabaseName(SUPERUSER)
            // Testcontainers would turn fsync off
            .withCommand(
                "postgres",
                "-c",
                "max_connections=300",
                "-c",
                "max_prepared_transactions=200",
                "-c",
                "jit=off"),
        port.boundTo(PostgreSQLContainer.POSTGRESQL_PORT));
    this.port = port;
    this.password = password;
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s/%s".formatted(port.address(), database);
  }

  @Override
  public DataSource dataSource(String database) {
    return dataSource(database, database);
  }

  @Override
  public DataSource adminDataSource(String database) {
    return dataSource(SUPERUSER, database);
  }

  @Override
  boolean answers() throws Exception {
    try (var connection = adminDataSource(SUPERUSER).getConnection()) {
      return connection.isValid(1);
    }
  }

  private DataSource dataSource(String role, String database) {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(database));
    source.setUser(role);
    source.setPassword(password);
    return source;
  }
}
