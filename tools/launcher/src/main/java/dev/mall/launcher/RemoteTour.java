package dev.mall.launcher;

import dev.mall.cli.MallService;
import dev.mall.cli.Terminal;
import dev.mall.cli.UsageException;
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

/** The tour of a mall that runs elsewhere, by its public interface alone. */
final class RemoteTour {

  private final Terminal terminal;
  private final ServiceAddresses addresses;
  private final Path directory;
  private final Path journal;
  private final Optional<CheckoutMode> mode;
  private final int orders;
  private final int perSecond;

  /**
   * @throws UsageException if there is no token for that mall's operator's endpoints
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
        OperatorToken.chosen()
            .orElseThrow(() ->
                new UsageException(
                    "--against needs that mall's operator's token in MALL_OPERATOR_TOKEN")));
  }
}
