package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

class ShutdownIT {

  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

  private Process process;

  /** A service in a JVM of its own. */
  static final class Main {
    public static void main(String[] args) {
      SpringApplication.run(Shop.class, args);
    }
  }

  /** A service whose log cannot be written any more. */
  static final class Mute {
    public static void main(String[] args) {
      Main.main(args);
      System.setOut(new PrintStream(new Blocking()));
      System.err.println("busy");
    }
  }

  private static final class Blocking extends OutputStream {
    @Override
    public void write(int ignored) {
      while (true) {
        LockSupport.park();
      }
    }
  }

  private void start(Class<?> main) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName(),
                    "--spring.config.import=classpath:mall-web.yml",
                    "--spring.application.name=shop",
                    "--server.port=0",
                    "--mall.web.stop-within=3s"))
            .redirectErrorStream(true)
            .start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void sigtermEndsTheProcessWhileRequestsTakeEveryCarrier() throws Exception {
    start(Main.class);
    int port = port(process.inputReader());
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      request(port);
    }
    awaitBusy(process.inputReader());

    process.destroy();

    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void sigtermEndsTheProcessWhoseLogIsBlocked() throws Exception {
    start(Mute.class);
    awaitBusy(process.inputReader());

    process.destroy();

    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
  }

  private static int port(BufferedReader output) throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var started = STARTED.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
    }
    throw new IOException("the service did not start");
  }

  private static void awaitBusy(BufferedReader output) throws IOException {
    var line = output.readLine();
    while (line != null && !line.equals("busy")) {
      line = output.readLine();
    }
    assertThat(line).isEqualTo("busy");
  }

  private static void request(int port) throws IOException {
    var socket = new Socket("localhost", port);
    socket
        .getOutputStream()
        .write("GET /busy HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
