package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.customerNotified;
import static dev.mall.saga.checkout.Replies.orderSettled;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.retention.RetentionJob;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retention of ended sagas. */
class SagaArchiveIT extends RunnerFixture {

  @Test
  void archivesWhatEndedLongAgoAndIgnoresItsRepeats() {
    long ended = newOrder();
    long young = newOrder();
    long open = newOrder();
    for (long order : List.of(ended, young)) {
      runner.handle(
          List.of(
              placed(order),
              answer(order, "reserve", outOfStock()),
              answer(order, "cancel", orderSettled()),
              answer(order, "notify", customerNotified())));
    }
    runner.handle(List.of(placed(open)));
    jdbc.sql("update saga set asked_at = now() - interval '25 hours' where order_id <> ?")
        .param(young)
        .update();

    replica.bean(RetentionJob.class).sweep();

    assertThat(ordersIn("saga")).containsExactly(young, open);
    assertThat(ordersIn("saga_archive")).containsExactly(ended);
    assertThat(ordersIn("saga_timeline_archive")).containsOnly(ended).hasSize(4);
    assertThat(ordersIn("saga_timeline")).doesNotContain(ended);

    shipAll();
    runner.handle(List.of(placed(ended), answer(ended, "reserve", stockReserved())));

    assertThat(ordersIn("saga")).containsExactly(young, open);
    assertThat(sent(ended)).isEmpty();
  }

  @Test
  void theArchiveHasTheSameColumns() {
    for (var table : List.of("saga", "saga_timeline")) {
      assertThat(columns(table + "_archive")).isEqualTo(columns(table)).isNotEmpty();
      assertThat(columns(table + "_ever")).isEqualTo(columns(table));
    }
  }

  private static List<String> columns(String table) {
    return jdbc.sql(
            "select column_name || ' ' || data_type from information_schema.columns"
                + " where table_name = ? order by ordinal_position")
        .param(table)
        .query(String.class)
        .list();
  }

  private static List<Long> ordersIn(String table) {
    return jdbc.sql("select order_id from %s order by order_id".formatted(table))
        .query(Long.class)
        .list();
  }
}
