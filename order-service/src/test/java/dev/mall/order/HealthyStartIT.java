package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A line that is logged at each start would hide the one that matters. */
class HealthyStartIT {

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
  private final Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
  private final Level kafkasLevel = kafka.getLevel();
  private final AppenderBase<ILoggingEvent> collector =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            warnings.add(event.getLoggerName() + ": " + event.getFormattedMessage());
          }
        }
      };

  @AfterEach
  void stopCollecting() {
    root.detachAppender(collector);
    kafka.setLevel(kafkasLevel);
  }

  @Test
  void logsNoWarning() {
    var database = TestDatabase.create("mall_order");

    try (var service =
        OrderApplication.application()
            .initializers(_ -> collect()) // the logging system is set up by then
            .run(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.name(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + Infrastructure.kafka().bootstrapServers())) {
      var meters = service.getBean(MeterRegistry.class);
      await().atMost(Duration.ofSeconds(30)).until(() -> consumersRun(meters));
    }

    assertThat(warnings).isEmpty();
  }

  private void collect() {
    kafka.setLevel(Level.WARN);
    collector.start();
    root.addAppender(collector);
  }

  private static boolean consumersRun(MeterRegistry meters) {
    var consumers = meters.find("mall.consumer.running").gauges();
    return !consumers.isEmpty()
        && consumers.stream().mapToDouble(Gauge::value).allMatch(it -> it == 1);
  }
}
