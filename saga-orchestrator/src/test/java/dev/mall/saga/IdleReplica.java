package dev.mall.saga;

import static org.junit.jupiter.api.extension.ExtensionContext.Namespace.GLOBAL;

import dev.mall.testing.TestDatabase;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * One replica for all tests that call its beans and its API themselves: consumers, relay and timers
 * are stopped. It is started with the first class that needs it and closed after the last test.
 */
public final class IdleReplica implements BeforeAllCallback {

  private static Replica replica;

  @Override
  public void beforeAll(ExtensionContext context) {
    replica =
        context
            .getRoot()
            .getStore(GLOBAL)
            .computeIfAbsent(IdleReplica.class, _ -> start(), Replica.class);
  }

  public static Replica get() {
    return Objects.requireNonNull(replica, "extend the test with IdleReplica");
  }

  /** Empties the tables of sagas and the outbox. */
  public static void clear() {
    get()
        .bean(JdbcClient.class)
        .sql(
            "truncate saga, saga_timeline, saga_archive, saga_timeline_archive, outbox, step_pause,"
                + " deferred_signal")
        .update();
  }

  private static Replica start() {
    return start("");
  }

  /** Another one, which the caller closes. */
  public static Replica start(String issuer) {
    var started = Replica.start(TestDatabase.create("idle"), issuer);
    List.of("sagaTimers", "outboxRelay").forEach(started::stop);
    // any that ran on would take messages of other tests, and look for their sagas in its database
    started
        .context()
        .getBeansOfType(MessageListenerContainer.class)
        .keySet()
        .forEach(started::stop);
    return started;
  }
}
