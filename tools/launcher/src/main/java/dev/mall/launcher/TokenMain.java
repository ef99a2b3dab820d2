package dev.mall.launcher;

import dev.mall.cli.HelpText;
import dev.mall.cli.OptionParser;
import dev.mall.cli.Terminal;
import dev.mall.cli.UnexpectedReplyException;
import dev.mall.cli.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Logs a user in at the gateway and prints an access token, and nothing else, to standard output.
 *
 * <p>Exit codes: 0 the token was printed, 1 there is none, 2 the command line was not understood.
 */
public final class TokenMain {

  private static final Path LOGINS = Path.of(".mall", "data", "logins.properties");

  private TokenMain() {}

  /** The options of {@code ./mall token}. */
  private static final class Options {

    @Parameters(index = "0", arity = "0..1")
    private @Nullable String user;

    @Option(names = "--against")
    private @Nullable String against;
  }

  public static void main(String... arguments) throws InterruptedException {
    var messages = new Terminal(System.err, false);
    if (HelpText.isRequested(arguments)) {
      Terminal.standard().line(HelpText.of("token"));
      return;
    }
    try {
      System.out.println(token(OptionParser.parse(new Options(), arguments)));
    } catch (UsageException e) {
      messages.bad(e.getMessage() + "; see ./mall token --help");
      System.exit(2);
    } catch (UnexpectedReplyException | IOException e) {
      messages.bad(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
      System.exit(1);
    }
  }

  private static String token(Options options) throws IOException, InterruptedException {
    var user = options.user;
    if (user == null) {
      throw new UsageException("name a user, as in ./mall token ada");
    }
    var logins = Logins.read(LOGINS);
    var gateway =
        Optional.ofNullable(options.against)
            .map(URI::create)
            .or(() -> logins.flatMap(Logins::gateway))
            .orElseThrow(() ->
                new IOException(
                    "no mall was started here: ./mall demo starts one, or use --against"));
    var password =
        Optional.ofNullable(System.getenv("MALL_PASSWORD"))
            .filter(given -> !given.isEmpty())
            .or(() -> logins.flatMap(known -> known.passwordOf(user)))
            .orElseThrow(() ->
                new IOException(
                    "the password of %s is not known here: set MALL_PASSWORD".formatted(user)));
    return Logins.token(gateway, user, password);
  }
}
