package dev.mall.web.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.pattern.DynamicConverter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingTest {

  private static final String FORGED = "2026-01-01 ERROR forged";

  private static final Map<String, Supplier<DynamicConverter<ILoggingEvent>>> WORDS =
      Map.of("m", PlainMessageConverter::new, "wEx", PlainThrowableConverter::new);

  private final LoggerContext context = new LoggerContext();

  @Test
  void neitherMessagesNorExceptionsForgeALine() {
    var failure = new IllegalStateException("a\n" + FORGED, new RuntimeException("b\r\n" + FORGED));
    failure.addSuppressed(new RuntimeException("c\n" + FORGED));

    var written = encoded("hello {}\u001B[31m", failure, "x\n" + FORGED);

    assertThat(written.lines()).noneMatch(line -> line.startsWith(FORGED));
    assertThat(written)
        .contains("hello x\\n" + FORGED + "\\u001b[31m")
        .contains("IllegalStateException: a\\n" + FORGED)
        .contains("Caused by: java.lang.RuntimeException: b\\r\\n" + FORGED)
        .contains("Suppressed: java.lang.RuntimeException: c\\n" + FORGED)
        .contains("\n\tat dev.mall.web.logging.LoggingTest");
  }

  @Test
  void anExceptionWithoutAMessageIsWritten() {
    assertThat(encoded("hello", new IllegalStateException())).contains("IllegalStateException\n");
  }

  /** Each configuration that writes logs of services. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/resources/logback-spring.xml",
        "../../tools/launcher/src/main/resources/logback.xml"
      })
  void theServicesAndTheLauncherWriteSo(String configuration) throws Exception {
    assertThat(Files.readString(Path.of(configuration)))
        .contains(PlainMessageConverter.class.getName(), PlainThrowableConverter.class.getName())
        .doesNotContain("%msg%n</pattern>");
  }

  private String encoded(String message, Throwable failure, Object... arguments) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    context.putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, new HashMap<>(WORDS));
    encoder.setPattern("%level %m%n%wEx");
    encoder.start();
    var logger = context.getLogger("test");
    var event = new LoggingEvent("test", logger, Level.WARN, message, failure, arguments);
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}
