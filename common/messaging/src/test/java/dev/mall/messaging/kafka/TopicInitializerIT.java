package dev.mall.messaging.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mall.testing.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;

/** Topics at the start of several services, and of one whose broker is slow. */
class TopicInitializerIT {

  private static final int SERVICES = 8;
  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", Infrastructure.kafka().bootstrapServers());

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(TopicInitializer.class);
  private final List<TopicInitializer> started = new ArrayList<>();

  @BeforeEach
  void collectLines() {
    logger.setLevel(Level.INFO);
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stop() {
    started.forEach(TopicInitializer::stop);
    logger.detachAppender(logged);
    logger.setLevel(null);
  }

  @Test
  void servicesThatStartAtOnceDoNotHinderEachOther() throws Exception {
    for (int round = 0; round < 5; round++) {
      var topics = topics("at-once-" + round);
      startAtOnce(topics);

      awaitCreated(topics);
    }

    assertThat(logged.list).isEmpty();
  }

  @Test
  void aFailureThatPassesIsNoWarning() {
    var topics = topics("slow-broker");

    start(new UnavailableAtFirst(topics, 4));

    awaitCreated(topics);
    assertThat(logged.list).hasSize(4).allMatch(line -> line.getLevel() == Level.INFO);
    assertThat(logged.list.getFirst().getFormattedMessage()).contains("no answer yet");
  }

  @Test
  void aFailureThatStaysIsOneWarning() {
    var topics = topics("refused");

    start(new UnavailableAtFirst(topics, 8));

    awaitCreated(topics);
    assertThat(logged.list).filteredOn(line -> line.getLevel() == Level.WARN).hasSize(1);
  }

  /** A broker answers that it created topics shortly before it describes them. */
  private static void awaitCreated(NewTopic[] topics) {
    await().untilAsserted(() -> assertThat(partitionsOf(topics)).containsOnly(3));
  }

  private void startAtOnce(NewTopic[] topics) throws Exception {
    var starts = new ArrayList<Future<?>>();
    try (var services = Executors.newFixedThreadPool(SERVICES)) {
      for (int service = 0; service < SERVICES; service++) {
        var admin = new UnavailableAtFirst(topics, 0);
        starts.add(services.submit(() -> start(admin)));
      }
    }
    for (var start : starts) {
      start.get();
    }
  }

  private void start(KafkaAdmin admin) {
    var initializer = new TopicInitializer(admin, Duration.ofMillis(20));
    synchronized (started) {
      started.add(initializer);
    }
    initializer.start();
  }

  private static NewTopic[] topics(String prefix) {
    return IntStream.range(0, 20)
        .mapToObj(number -> new NewTopic(prefix + "." + number, 3, (short) 1))
        .toArray(NewTopic[]::new);
  }

  private static Set<Integer> partitionsOf(NewTopic[] topics) throws Exception {
    var names = Stream.of(topics).map(NewTopic::name).toList();
    try (var admin = Admin.create(KAFKA)) {
      return Set.copyOf(
          admin.describeTopics(names).allTopicNames().get().values().stream()
              .map(topic -> topic.partitions().size())
              .toList());
    } catch (ExecutionException missing) {
      return Set.of();
    }
  }

  /** As the auto-configuration makes it, of a broker that does not answer a number of times. */
  private static final class UnavailableAtFirst extends KafkaAdmin {

    private final AtomicInteger failures;

    UnavailableAtFirst(NewTopic[] topics, int failures) {
      super(KAFKA);
      this.failures = new AtomicInteger(failures);
      var context = new StaticApplicationContext();
      context.getBeanFactory().registerSingleton("topics", new NewTopics(topics));
      context.refresh();
      setApplicationContext(context);
      setAutoCreate(false);
      setFatalIfBrokerNotAvailable(true);
      afterSingletonsInstantiated();
    }

    @Override
    protected Admin createAdmin() {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new KafkaException("no answer yet");
      }
      return super.createAdmin();
    }
  }
}
