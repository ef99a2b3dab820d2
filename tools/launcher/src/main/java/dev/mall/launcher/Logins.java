package dev.mall.launcher;

import dev.mall.cli.Terminal;
import dev.mall.cli.access.ClientCredentials;
import dev.mall.cli.access.Credentials;
import dev.mall.cli.access.GatewaySettings;
import dev.mall.cli.access.LoginFlow;
import dev.mall.cli.access.LoginFlow.Program;
import dev.mall.cli.access.MachineClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The users and programs of a demo, with random passwords and secrets that stay the same for its
 * data, and the secret of the gateway's signing keys. They are kept in a file that only its owner
 * reads. A program's secret may be chosen by {@link MachineClient#secretVariable}, for one start:
 * it is not kept.
 */
final class Logins {

  private static final List<String> CUSTOMERS = List.of("ada", "ben", "cleo");
  private static final Map<String, String> STAFF =
      Map.of("merchant", "MERCHANT", "operator", "OPERATOR", "auditor", "AUDITOR");
  private static final Program CLI =
      new Program("cli", "", URI.create("http://127.0.0.1/callback"));
  private static final String USER = "user.";
  private static final String CLIENT = "client.";
  private static final String KEY_SECRET = "key-secret";
  private static final String GATEWAY = "gateway";

  /** Of the link that logs in once; another for each start. */
  private static final String WELCOME = random(24);

  private final Path file;
  private final Properties values;

  private Logins(Path file, Properties values) {
    this.file = file;
    this.values = values;
  }

  /** Reads the file; makes what it lacks. */
  static Logins open(Path file) throws IOException {
    var logins = read(file).orElseGet(() -> new Logins(file, new Properties()));
    logins.values.computeIfAbsent(KEY_SECRET, _ -> random(32));
    users().forEach(user -> logins.values.computeIfAbsent(USER + user, _ -> random(9)));
    for (var client : MachineClient.values()) {
      logins.values.computeIfAbsent(CLIENT + client.clientId(), _ -> random(32));
    }
    logins.store();
    return logins;
  }

  /** Empty if no mall was started there. */
  static Optional<Logins> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var values = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      values.load(reader);
    }
    return Optional.of(new Logins(file, values));
  }

  /** Notes the address at which the users log in. */
  void write(URI gateway) throws IOException {
    values.setProperty(GATEWAY, gateway.toString());
    store();
  }

  Optional<URI> gateway() {
    return Optional.ofNullable(values.getProperty(GATEWAY)).map(URI::create);
  }

  Optional<String> passwordOf(String user) {
    return Optional.ofNullable(values.getProperty(USER + user));
  }

  static List<String> users() {
    var users = new ArrayList<>(CUSTOMERS);
    users.addAll(STAFF.keySet().stream().sorted().toList());
    return users;
  }

  Map<String, String> gatewaySettings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("mall.gateway.welcome.token", WELCOME);
    settings.put("MALL_GATEWAY_KEY_SECRET", values.getProperty(KEY_SECRET));
    for (var user : users()) {
      var account = "mall.gateway.identity.users.%s.".formatted(user);
      settings.put(account + "password", values.getProperty(USER + user));
      settings.put(account + "roles", STAFF.getOrDefault(user, "CUSTOMER"));
    }
    settings.putAll(GatewaySettings.programs(this::secretOf));
    settings.put(
        "mall.gateway.identity.clients.%s.redirect-uris".formatted(CLI.clientId()),
        CLI.redirectUri().toString());
    return settings;
  }

  /** Tokens of the programs, from the gateway at that address. */
  Credentials credentials(URI gateway) {
    return new ClientCredentials(gateway, this::secretOf);
  }

  private String secretOf(MachineClient client) {
    return Optional.ofNullable(System.getenv(client.secretVariable()))
        .filter(chosen -> !chosen.isBlank())
        .orElseGet(() -> values.getProperty(CLIENT + client.clientId()));
  }

  void print(Terminal terminal, URI gateway) {
    terminal.title("The shop");
    terminal.line("  " + gateway.resolve("/welcome?token=" + WELCOME));
    terminal.aside(
        "  logs in as ada, once, in the first 15 minutes; later with a name and password below");
    terminal.title("Users of the gateway, " + gateway);
    users()
        .forEach(user ->
            terminal.line(
                "  %-10s %-10s %s"
                    .formatted(
                        user, STAFF.getOrDefault(user, "CUSTOMER"), passwordOf(user).orElse(""))));
    terminal.line("# a token of ada's, and her orders through the gateway");
    terminal.line(
        "curl -H \"Authorization: Bearer $(./mall token ada)\" '%s'"
            .formatted(gateway.resolve("/api/orders?customerId=ada")));
  }

  /** Logs in as the command line does, and returns an access token. */
  static String token(URI gateway, String user, String password)
      throws IOException, InterruptedException {
    return new LoginFlow(gateway, CLI).login(user, password).path("access_token").asString();
  }

  private void store() throws IOException {
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (var writer = Files.newBufferedWriter(file)) {
      values.store(writer, "users of this mall; a secret");
    }
  }

  private static String random(int bytes) {
    var random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
