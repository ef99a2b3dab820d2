package dev.mall.saga;

import dev.mall.saga.engine.SagaState;
import dev.mall.testing.CountStatements;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The running service, or one of several. */
public record Replica(ConfigurableApplicationContext context) implements AutoCloseable {

  public static final String TOKEN = "open sesame, please";

  @Import(CountStatements.class)
  private static final class Counting {}

  /**
   * With short times, so that tests need not wait long.
   *
   * @param more configurations besides the service's own
   */
  public static Replica start(TestDatabase database, Class<?>... more) {
    return start(database, "", more);
  }

  /**
   * @param issuer whose tokens it judges; empty: none
   */
  public static Replica start(TestDatabase database, String issuer, Class<?>... more) {
    return new Replica(
        SagaApplication.application()
            .sources(Counting.class)
            .sources(more)
            .registerShutdownHook(false)
            .run(
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.name(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + Infrastructure.kafka().bootstrapServers(),
                "--server.port=0",
                "--mall.web.operator.token=" + TOKEN,
                "--mall.security.issuer=" + issuer,
                "--mall.saga.timers.pause=20ms",
                "--mall.saga.place-order.steps.reserve.timeout=700ms",
                "--mall.saga.place-order.steps.pay.timeout=700ms",
                "--mall.saga.place-order.steps.pay.in-doubt-after=4s",
                "--mall.saga.place-order.steps.commit.timeout=700ms"));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Stops a part of the service: a consumer, the relay, the timers. */
  void stop(String part) {
    context.getBean(part, SmartLifecycle.class).stop();
  }

  void start(String part) {
    context.getBean(part, SmartLifecycle.class).start();
  }

  public String url() {
    return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** Empty as long as there is no such saga. */
  Optional<SagaState> state(long order) {
    return bean(JdbcClient.class)
        .sql("select state from saga where order_id = ?")
        .param(order)
        .query(String.class)
        .optional()
        .map(SagaState::valueOf);
  }

  /** One column of a saga's row, which may be null. */
  <T> T ask(Class<T> type, String column, long order) {
    var row =
        bean(JdbcClient.class)
            .sql("select %s from saga where order_id = ?".formatted(column))
            .param(order)
            .query()
            .singleRow();
    return type.cast(row.get(column));
  }

  @Override
  public void close() {
    context.close();
  }
}
