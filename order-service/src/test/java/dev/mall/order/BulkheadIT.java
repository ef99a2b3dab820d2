package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A flood of requests to the database, beside which messages are handled. */
@Import(BulkheadIT.SlowQueries.class)
class BulkheadIT extends OrderServiceTests {

  private static final int READERS = 500;

  private static final Duration SLOW = Duration.ofMillis(500);

  /** Half as long as the readers would hold all ten connections of an undivided pool. */
  private static final Duration LIMIT = SLOW.multipliedBy(READERS).dividedBy(10).dividedBy(2);

  @RestController
  static class SlowQueries {

    private final JdbcClient jdbc;

    SlowQueries(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @GetMapping("/slow")
    Map<String, Object> query() {
      return jdbc.sql("select 1 as answer from pg_sleep(:seconds)")
          .param("seconds", SLOW.toMillis() / 1000.0)
          .query()
          .singleRow();
    }
  }

  @Test
  void letsAnOrderBeConfirmedAmongSlowReaders() {
    var order = order(aCustomer(), aProduct(1000), 1);
    var readers = IntStream.range(0, READERS).mapToObj(_ -> client().gets("/slow")).toList();
    var start = Instant.now();

    var placed = client().post(order);
    settle(confirm(placed.orderId()));

    assertThat(Duration.between(start, Instant.now())).isLessThan(LIMIT);
    assertThat(placed.status()).isEqualTo(202);
    assertThat(readers).anyMatch(reader -> !reader.isDone());
    assertThat(readers.stream().map(CompletableFuture::join))
        .allMatch(answer -> answer.status() == 200 || answer.status() == 503)
        .filteredOn(answer -> answer.status() == 503)
        .isNotEmpty()
        .allMatch(answer -> answer.problem().equals("overrun"))
        .allMatch(answer -> answer.header("Retry-After").equals("1"));
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void logsNoLinePerRequestThatItSheds(CapturedOutput log) {
    var customer = aCustomer();
    var slow = IntStream.range(0, READERS).mapToObj(_ -> client().gets("/slow")).toList();
    var readers =
        IntStream.range(0, 50)
            .mapToObj(_ -> client().gets("/orders?customerId=" + customer))
            .toList();

    assertThat(readers.stream().map(CompletableFuture::join))
        .filteredOn(answer -> answer.status() == 503)
        .isNotEmpty()
        .allMatch(answer -> answer.problem().equals("overrun"));
    slow.forEach(CompletableFuture::join);
    assertThat(log.getAll()).doesNotContain("too many requests wait");
  }
}
