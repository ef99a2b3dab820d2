package dev.mall.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

class IdGeneratorIT {

  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final IdsProperties PROPERTIES =
      new IdsProperties(Instant.parse("2026-01-01T00:00:00Z"), LEASE, Duration.ofMillis(100));

  private HikariDataSource pool;
  private JdbcClient jdbc;

  @BeforeEach
  void createDatabase() {
    pool = TestDatabase.create("ids").pool(8);
    pool.setConnectionTimeout(2000);
    new ResourceDatabasePopulator(new ClassPathResource("db/identifiers/V0_2__worker_lease.sql"))
        .execute(pool);
    jdbc = JdbcClient.create(pool);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void twoGeneratorsNeverMakeTheSameIdAlsoAcrossRestarts() throws Exception {
    var seen = ConcurrentHashMap.<Long>newKeySet();
    Callable<Boolean> restartsAndMakes =
        () -> {
          for (int restart = 0; restart < 10; restart++) {
            var ids = generator();
            for (int batch = 0; batch < 20; batch++) {
              Arrays.stream(ids.next(200)).forEach(id -> assertThat(seen.add(id)).isTrue());
            }
            if (restart % 2 == 0) {
              ids.release();
            }
          }
          return true;
        };

    try (var two = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = two.submit(restartsAndMakes);
      var second = two.submit(restartsAndMakes);

      assertThat(first.get()).isTrue();
      assertThat(second.get()).isTrue();
    }
    assertThat(seen).hasSize(80_000);
  }

  @Test
  void generatorsThatStartTogetherHoldDifferentNumbers() throws Exception {
    try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers =
          many
              .invokeAll(
                  IntStream.range(0, 40)
                      .mapToObj(_ -> (Callable<Integer>) () -> worker(generator()))
                      .toList())
              .stream()
              .map(future -> future.resultNow())
              .toList();

      assertThat(workers).doesNotHaveDuplicates();
    }
  }

  @Test
  void aKilledHoldersNumberIsTakenOverWhenItsLeaseHasEnded() {
    onlyOneNumber();
    var killed = generator();
    long last = killed.next();
    var successor = generator();

    assertThatThrownBy(successor::next).isInstanceOf(IdsUnavailable.class);

    await()
        .atMost(LEASE.multipliedBy(10))
        .ignoreException(IdsUnavailable.class)
        .untilAsserted(() -> assertThat(successor.next()).isGreaterThan(last));
  }

  @Test
  void aHolderThatSleptDoesNotGoOnWithANumberThatPassedOn() {
    onlyOneNumber();
    var slept = generator();
    slept.next();
    var successor = generator();
    await()
        .atMost(LEASE.multipliedBy(10))
        .ignoreException(IdsUnavailable.class)
        .until(() -> successor.next() > 0);

    assertThatThrownBy(slept::next).isInstanceOf(IdsUnavailable.class);
    assertThat(slept.worker()).isEmpty();
  }

  @Test
  void aClockBehindTheOneBeforeWaitsOrTakesAnotherNumber() {
    onlyOneNumber();
    var time = new MovableIdClock(System.currentTimeMillis() + 3_600_000);
    var ahead = generator(time);
    ahead.next();
    ahead.release();

    assertThatThrownBy(generator()::next).isInstanceOf(IdsUnavailable.class);

    time.pass(1);
    assertThat(generator(time).next()).isPositive();
  }

  @Test
  void aRenewedLeaseOutlivesItsFirstEnd() {
    onlyOneNumber();
    var ids = generator();
    ids.renew();
    var firstEnd = Instant.now().plus(LEASE.multipliedBy(2));

    await()
        .pollInterval(LEASE.dividedBy(5))
        .atMost(LEASE.multipliedBy(10))
        .until(() -> {
          ids.renew();
          assertThat(ids.next()).isPositive();
          return Instant.now().isAfter(firstEnd);
        });
    assertThatThrownBy(generator()::next).isInstanceOf(IdsUnavailable.class);
  }

  @Test
  void withoutItsDatabaseItSaysSoOnceTheLeaseIsOver() {
    var time = new MovableIdClock(System.currentTimeMillis());
    var ids = generator(time);
    ids.next();
    pool.close();

    assertThat(ids.next()).isPositive();
    time.pass(LEASE.toMillis());
    assertThatThrownBy(ids::next).isInstanceOf(IdsUnavailable.class);
  }

  private int worker(IdGenerator ids) {
    return ids.parse(ids.next()).worker();
  }

  private void onlyOneNumber() {
    jdbc.sql("delete from worker_lease where worker > 0").update();
  }

  private IdGenerator generator() {
    return generator(IdClock.SYSTEM);
  }

  private IdGenerator generator(IdClock time) {
    return new IdGenerator(
        new DatabaseWorkerLeases(jdbc, new JdbcTransactionManager(pool)),
        PROPERTIES,
        time,
        UUID.randomUUID().toString());
  }
}
