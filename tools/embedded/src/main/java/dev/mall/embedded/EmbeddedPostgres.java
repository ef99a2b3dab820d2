package dev.mall.embedded;

import dev.mall.embedded.process.ParentWatchdog;
import dev.mall.embedded.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server with durable commits. It listens on 127.0.0.1 only and asks every client for
 * the {@link #password()} of its directory.
 *
 * <p>A service gets a database and a role of its own by {@link #createDatabase}.
 */
public final class EmbeddedPostgres extends EmbeddedServer implements PostgresServer {

  private static final String SUPERUSER = "postgres";

  private final PostgresPrograms programs;
  private @Nullable ServerProcess process;
  private @Nullable ParentWatchdog guard;

  public EmbeddedPostgres(Place place) {
    this(place, Map.of());
  }

  /**
   * @param environment additional environment variables of the server's processes
   */
  public EmbeddedPostgres(Place place, Map<String, String> environment) {
    super("PostgreSQL", place);
    this.programs = new PostgresPrograms(place, environment);
  }

  /** The server's processes. */
  public ServerProcess process() {
    var current = process;
    if (current == null) {
      throw new IllegalStateException("PostgreSQL was not started");
    }
    return current;
  }

  @Override
  public boolean running() {
    var current = process;
    return current != null && current.alive();
  }

  /** Of every role; made once per directory and kept in it. */
  @Override
  public String password() {
    return programs.password();
  }

  @Override
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
  }

  @Override
  public DataSource dataSource(String database) {
    return dataSource(database, database);
  }

  @Override
  public DataSource adminDataSource(String database) {
    return dataSource(SUPERUSER, database);
  }

  /** Unpooled connections of a role. */
  public DataSource dataSource(String role, String database) {
    return programs.connections(role, database, port());
  }

  @Override
  void launch(int port) throws IOException {
    programs.initialiseUnlessDone();
    try {
      programs.start(port);
      process = programs.running().orElseThrow(() -> new IOException("it ended at once"));
      requireOwnServer(port);
      guard = ParentWatchdog.over(process());
    } catch (IOException | SQLException e) {
      endLeftover();
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Another server that took the port meanwhile would answer as well, with other people's data. */
  private void requireOwnServer(int port) throws SQLException, IOException {
    var source = programs.connections(SUPERUSER, "postgres", port);
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("show data_directory")) {
      row.next();
      if (!Files.isSameFile(Path.of(row.getString(1)), place().data())) {
        throw new IOException("the port belongs to " + row.getString(1));
      }
    }
  }

  @Override
  void halt() {
    process().end();
    if (guard != null) {
      guard.dismiss();
      guard = null;
    }
  }

  @Override
  void endLeftover() throws IOException {
    if (guard != null) {
      guard.dismiss(); // its server was killed; the next one has its own
      guard = null;
    }
    programs.running().ifPresent(ServerProcess::end);
    Files.deleteIfExists(programs.pidFile());
  }
}
