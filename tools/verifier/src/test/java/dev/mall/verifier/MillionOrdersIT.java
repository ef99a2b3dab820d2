package dev.mall.verifier;

import static dev.mall.cli.MallService.NOTIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A year of a shop that sells two things a minute fits into a heap of 48 MB. */
@Tag("long")
class MillionOrdersIT {

  private static final int ORDERS = 1_000_000;
  private static SoundMall mall;

  @TempDir Path directory;

  @BeforeAll
  static void fill() throws Exception {
    mall = SoundMall.of(ORDERS);
  }

  @Test
  void areJudgedInLittleMemory() throws Exception {
    var report = verify();

    assertThat(report.path("exitCode").asInt()).as(report.toString()).isZero();
    assertThat(report.path("ordersJudged").asInt()).isEqualTo(ORDERS);
    System.out.printf("A million orders took %s ms%n", report.path("tookMillis"));
  }

  @Test
  void mayAllBeWrongAtOnce() throws Exception {
    mall.plant(NOTIFICATION, "update notification set customer_id = 'stranger'");
    mall.plant(NOTIFICATION, "analyze");

    var report = verify();

    assertThat(report.path("violations").path("NOTIFIED_WRONGLY").asInt()).isEqualTo(ORDERS);
    mall.heal();
  }

  private JsonNode verify() throws IOException, InterruptedException {
    var databases = directory.resolve("databases");
    var out = directory.resolve("out");
    mall.databases().write(databases);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command =
        List.of(
            java,
            "-Xmx48m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes,
            VerifierMain.class.getName(),
            "--json",
            "--databases",
            databases.toString());
    new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
    return JsonMapper.shared().readTree(Files.readString(out));
  }
}
