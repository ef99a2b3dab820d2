package dev.mall.launcher;

import dev.mall.cli.MallService;
import dev.mall.cli.Terminal;
import dev.mall.cli.UsageException;
import dev.mall.cli.access.ClientCredentials;
import dev.mall.cli.access.Credentials;
import dev.mall.cli.access.MachineClient;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.launcher.tour.Load;
import dev.mall.launcher.tour.ServiceAddresses;
import dev.mall.launcher.tour.Tour;
import dev.mall.verifier.accepted.Journal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tour of a mall that runs elsewhere, by its public interface alone. */
final class RemoteTour {

  private static final String ISSUER = "MALL_SECURITY_ISSUER";

  private final Terminal terminal;
  private final ServiceAddresses addresses;
  private final Path directory;
  private final Path journal;
  private final Optional<CheckoutMode> mode;
  private final int orders;
  private final int perSecond;

  /**
   * @throws UsageException if the environment has neither the secrets of that mall's programs nor
   *     its operator's token
   */
  RemoteTour(LauncherOptions options, URI host, Terminal terminal) {
    this.terminal = terminal;
    this.addresses = addresses(host, options.portBase());
    this.directory = options.directory();
    this.journal =
        directory.resolve("accepted-%s-%d".formatted(host.getHost(), options.portBase()));
    this.mode = options.mode();
    this.orders = options.load();
    this.perSecond = options.rate();
  }

  /**
   * @return the exit code
   */
  int make() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    terminal.title("A visit to " + addresses.orders());
    var complaints = new ArrayList<String>();
    try (var accepted = Journal.open(journal)) {
      complaints.addAll(new Tour(addresses, accepted, mode, terminal).make());
      if (orders > 0) {
        var load = new Load(addresses, accepted, mode, perSecond, terminal);
        load.prepare(orders);
        terminal.line("  " + load.place(orders));
        complaints.addAll(load.complaints());
      }
    }
    ResultPrinter.print(terminal, complaints, "stock and wallets agree to the piece and the cent");
    return complaints.isEmpty() ? 0 : 1;
  }

  private static ServiceAddresses addresses(URI host, int portBase) {
    return new ServiceAddresses(
        MallService.ORDER.address(host, portBase),
        MallService.INVENTORY.address(host, portBase),
        MallService.PAYMENT.address(host, portBase),
        MallService.NOTIFICATION.address(host, portBase),
        MallService.SAGA.address(host, portBase),
        credentials(host.resolve("//%s:%d".formatted(host.getRawAuthority(), portBase))));
  }

  /**
   * Tokens from the gateway, unless that mall has another issuer; without secrets, what services
   * ask for that have no issuer.
   */
  private static Credentials credentials(URI gateway) {
    return Stream.of(MachineClient.values()).anyMatch(client -> secretOf(client).isPresent())
        ? new ClientCredentials(
            variable(ISSUER).map(RemoteTour::issuer).orElse(gateway), RemoteTour::requireSecret)
        : Credentials.withoutIssuer(
            OperatorToken.chosen()
                .orElseThrow(() ->
                    new UsageException(
                        "--against needs the secrets of that mall's programs (%s), or its operator's token in MALL_OPERATOR_TOKEN if its services have no issuer"
                            .formatted(
                                Stream.of(MachineClient.values())
                                    .map(MachineClient::secretVariable)
                                    .collect(Collectors.joining(", "))))));
  }

  private static URI issuer(String address) {
    if (!address.matches("https?://[^/\\s]\\S*")) {
      throw new UsageException(
          "%s must be the address of an OpenID Connect issuer, as https://id.example.com, not '%s'"
              .formatted(ISSUER, address));
    }
    return URI.create(address);
  }

  private static String requireSecret(MachineClient client) {
    return secretOf(client)
        .orElseThrow(() -> new UsageException("--against lacks " + client.secretVariable()));
  }

  private static Optional<String> secretOf(MachineClient client) {
    return variable(client.secretVariable());
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
