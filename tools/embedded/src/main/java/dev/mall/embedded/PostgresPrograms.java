package dev.mall.embedded;

import dev.mall.embedded.process.Binaries;
import dev.mall.embedded.process.Commands;
import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.ServerProcess;
import dev.mall.embedded.process.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The command lines of {@code initdb} and {@code pg_ctl}, and the files they keep. */
final class PostgresPrograms {

  private static final int LOG_LINES = 5;

  private final Place place;
  private final Map<String, String> environment;

  PostgresPrograms(Place place, Map<String, String> environment) {
    this.place = place;
    this.environment = Map.copyOf(environment);
  }

  Path pidFile() {
    return place.data().resolve("postmaster.pid");
  }

  Optional<ServerProcess> running() throws IOException {
    return ServerProcess.serving(place.data(), pidFile());
  }

  /** Creates the data directory under a temporary name, then renames it. */
  void initialiseUnlessDone() throws IOException {
    if (Files.isDirectory(place.data())) {
      return;
    }
    var fresh = place.directory().resolve("data.new");
    Directories.delete(fresh);
    var command = new ArrayList<>(List.of(program("initdb").toString(), "-D", fresh.toString()));
    command.addAll(List.of("--username=postgres", "--pwfile=" + passwordFile()));
    command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8"));
    command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
    if (place.deletedOnClose()) {
      command.add("--no-sync");
    }
    Commands.run(Unprivileged.wrap(command));
    Files.move(fresh, place.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns when the server takes connections; it then runs in a session of its own. */
  void start(int port) throws IOException {
    var command =
        List.of(
            program("pg_ctl").toString(),
            "start",
            "--wait",
            "--timeout=60",
            "--pgdata=" + place.data(),
            "--log=" + place.log(),
            "--options=" + settings(port));
    try {
      Commands.run(Unprivileged.wrap(command), environment);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "\n" + tailOfLog(), e);
    }
  }

  private static String settings(int port) {
    return """
    -p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300 -c max_prepared_transactions=200 \
    -c fsync=on -c synchronous_commit=on -c timezone=UTC -c log_timezone=UTC -c jit=off\
    """
        .formatted(port);
  }

  DataSource connections(String role, String database, int port) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(role);
    source.setPassword(password());
    return source;
  }

  String password() {
    try {
      return Files.readString(passwordFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path passwordFile() throws IOException {
    var file = place.directory().resolve("password");
    if (!Files.exists(file)) {
      var onlyOwner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(onlyOwner));
      Files.writeString(file, UUID.randomUUID().toString().replace("-", ""));
    }
    return file;
  }

  String tailOfLog() throws IOException {
    if (!Files.exists(place.log())) {
      return "no log";
    }
    var lines = Files.readAllLines(place.log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  private static Path program(String name) throws IOException {
    return Binaries.postgres().resolve("bin").resolve(name);
  }
}
