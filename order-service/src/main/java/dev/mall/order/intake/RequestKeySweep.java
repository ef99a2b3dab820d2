package dev.mall.order.intake;

import dev.mall.messaging.Sweep;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets the keys of requests that nobody repeats any more. Their orders stay. */
@Component
class RequestKeySweep implements Sweep {

  private static final String PASS =
      """
      with due as (
        select customer_id, key from request_key
         where claimed_at < now() - :seconds * interval '1 second'
         order by claimed_at
         limit :most
           for update skip locked),
      gone as (
        delete from request_key k using due
         where k.customer_id = due.customer_id and k.key = due.key
        returning 1)
      select (select count(*) from gone)
      """;

  private final JdbcClient jdbc;

  RequestKeySweep(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String what() {
    return "request-keys";
  }

  @Override
  public Pass pass(long after, Duration age, int most) {
    int gone =
        jdbc.sql(PASS)
            .param("most", most)
            .param("seconds", age.toSeconds())
            .query(Integer.class)
            .single();
    return new Pass(gone, gone, after);
  }
}
