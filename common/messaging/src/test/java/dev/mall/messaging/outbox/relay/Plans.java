package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Costs of a statement, as PostgreSQL explains it. */
final class Plans {

  private static final Pattern BUFFERS =
      Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

  private Plans() {}

  /**
   * Pages that a statement touches.
   *
   * @param explain begins with {@code explain (analyze, buffers)}
   */
  static long buffers(StatementSpec explain) {
    var plan = String.join("\n", explain.query(String.class).list());
    var buffers = BUFFERS.matcher(plan);
    assertThat(buffers.find()).as(plan).isTrue();
    return number(buffers.group(1)) + number(buffers.group(2));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
