package dev.mall.verifier.tables;

import dev.mall.cli.MallService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the five databases are. */
public final class DatabaseAddresses {

  private final Map<MallService, Address> addresses;

  private DatabaseAddresses(Map<MallService, Address> addresses) {
    this.addresses = addresses;
  }

  /**
   * @param url a JDBC URL, which may carry user and password itself
   */
  public record Address(String url, @Nullable String user, @Nullable String password) {}

  /** Not every database is known. */
  public static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(MallService service) {
      super(
          "It is not said where %s's database is: %s is missing"
              .formatted(service.title(), service.variable("DB_URL")));
    }
  }

  public static DatabaseAddresses at(Map<MallService, Address> addresses) {
    for (var service : MallService.values()) {
      if (!addresses.containsKey(service)) {
        throw new Unknown(service);
      }
    }
    return new DatabaseAddresses(new EnumMap<>(addresses));
  }

  /**
   * Reads the settings by which a service itself finds its database: MALL_ORDER_DB_URL, _USER,
   * _PASSWORD and so on. Where there is a role that reads all of them, it is in
   * MALL_VERIFIER_DB_USER and _PASSWORD.
   *
   * @throws Unknown if one of the URLs is missing
   */
  public static DatabaseAddresses of(Function<String, @Nullable String> setting) {
    var addresses = new EnumMap<MallService, Address>(MallService.class);
    for (var service : MallService.values()) {
      var url = setting.apply(service.variable("DB_URL"));
      if (url != null) {
        addresses.put(service, address(service, url, setting));
      }
    }
    return at(addresses);
  }

  private static Address address(
      MallService service, String url, Function<String, @Nullable String> setting) {
    var reader = setting.apply("MALL_VERIFIER_DB_USER");
    if (reader != null) {
      return new Address(url, reader, setting.apply("MALL_VERIFIER_DB_PASSWORD"));
    }
    var user = setting.apply(service.variable("DB_USER"));
    var known = user == null && !url.contains("user=") ? service.database() : user;
    return new Address(url, known, setting.apply(service.variable("DB_PASSWORD")));
  }

  /** Whether any of the databases is configured. */
  public static boolean areIn(Function<String, @Nullable String> setting) {
    return Arrays.stream(MallService.values())
        .anyMatch(s -> setting.apply(s.variable("DB_URL")) != null);
  }

  /** Reads the same settings from a properties file. */
  public static DatabaseAddresses in(Path file) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return of(properties::getProperty);
  }

  /** Writes what {@link #in} reads, for the owner's eyes only. */
  public void write(Path file) throws IOException {
    var properties = new Properties();
    addresses.forEach((service, address) -> {
      properties.setProperty(service.variable("DB_URL"), address.url());
      Optional.ofNullable(address.user())
          .ifPresent(user -> properties.setProperty(service.variable("DB_USER"), user));
      Optional.ofNullable(address.password())
          .ifPresent(word -> properties.setProperty(service.variable("DB_PASSWORD"), word));
    });
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "the mall that runs here");
    }
  }

  /** A connection that cannot write, and that no timeout of the role cuts short. */
  public Connection connect(MallService service) throws SQLException {
    var address = Optional.ofNullable(addresses.get(service)).orElseThrow();
    var properties = new Properties();
    Optional.ofNullable(address.user()).ifPresent(user -> properties.put("user", user));
    Optional.ofNullable(address.password()).ifPresent(word -> properties.put("password", word));
    properties.put("ApplicationName", "mall verify");
    properties.put("connectTimeout", "5");
    properties.put("tcpKeepAlive", "true");
    properties.put(
        "options",
        "-c default_transaction_read_only=on -c statement_timeout=0 -c lock_timeout=5s"
            + " -c idle_in_transaction_session_timeout=0 -c transaction_timeout=0");
    var connection = DriverManager.getConnection(address.url(), properties);
    connection.setReadOnly(true);
    return connection;
  }
}
