package dev.mall.lab.delivery.outbox;

import dev.mall.embedded.PostgresServer;
import dev.mall.lab.delivery.TrialTopic;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A replication slot whose reader is gone, and the log that PostgreSQL keeps for it. */
public final class AbandonedSlot implements Experiment {

  private static final int SEGMENTS = 6; // of 16 MiB
  private static final long DISK = 64L << 20;

  /** The slot after the checkpoint. */
  private record Kept(String status, boolean tooMuch) {
    @Override
    public String toString() {
      return "%s of log, the slot is %s"
          .formatted(tooMuch ? "more than 64 MiB" : "less than 64 MiB", status);
    }
  }

  private record Placed(String order) {
    @Override
    public String toString() {
      return order;
    }
  }

  private record Relayed(List<String> orders, String source) {
    @Override
    public String toString() {
      return "%s, from %s".formatted(String.join(", ", orders), source);
    }
  }

  /** All that the topic has. */
  private record Sent(List<String> orders) {
    @Override
    public String toString() {
      return String.join(", ", orders);
    }
  }

  @Override
  public String name() {
    return "delivery/abandoned-slot";
  }

  @Override
  public String title() {
    return "PostgreSQL keeps its log for a reader that is gone";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A relay that reads the log has a replication slot. The slot is a promise of the server: it deletes no log that the reader has not
    confirmed, for however long the reader is down. A relay that was renamed, a connector that fails on one message, or a test environment
    that was forgotten leaves a slot behind, and the log grows by all that any database of this server writes. When the disk is full,
    PostgreSQL stops: the outbox takes down the orders that it was to serve.

    `max_slot_wal_keep_size` turns the promise around. Beyond the limit a checkpoint invalidates the slot, for good, and the log is deleted:
    the database lives, and the reader has lost messages. This is a repair only if the messages are somewhere else, too. So they are rows
    of a table that the relay deletes after Kafka's acknowledgement. The log brings them to the relay quickly and in order, and the table
    is what remains to be sent. A relay that finds its slot lost makes a new one, reads the table once, and goes on with the log. Some
    messages are then sent twice, as after any restart.

    Messages that are in the log alone, by `pg_logical_emit_message`, cannot be repaired in this way.
    """;
  }

  @Override
  public String claim() {
    return "The server keeps less than 64 MiB of log for a relay that is down, and each order is sent once it runs again.";
  }

  @Override
  public String naive() {
    return "The slot has no limit, as PostgreSQL is delivered.";
  }

  @Override
  public String remedy() {
    return "`max_slot_wal_keep_size` is 32 MiB, and a relay that lost its slot reads the table of the outbox.";
  }

  @Override
  public String conclusion() {
    return """
    Give every slot a limit and an alert on its `safe_wal_size` long before that is used up, keep messages in a table until they are
    acknowledged, and drop slots with the environments that made them.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to("ADR 4: the outbox and its relay", "docs/adr/0004-outbox-order-and-relay.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "PostgreSQL: max_slot_wal_keep_size",
            "https://www.postgresql.org/docs/18/runtime-config-replication.html#GUC-MAX-SLOT-WAL-KEEP-SIZE"),
        Link.to(
            "PostgreSQL: pg_replication_slots",
            "https://www.postgresql.org/docs/18/view-pg-replication-slots.html"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var shop = trial.node("shop");
    var database = trial.node("database");
    var relay = trial.node("relay");
    var kafka = trial.node("Kafka");
    var topic = TrialTopic.create(trial, "orders");
    var server = LogicalDatabase.startServer(trial);
    var orders = LogicalDatabase.create(server, "orders");
    orders.createSlot();
    if (!half.isNaive()) {
      limitSlots(orders.admin());
    }

    shop.call(database, "places an order", () -> place(orders, "order 1"));
    relay.call(kafka, "sends what is new", () -> Relay.sendNew(orders, topic));
    relay.crash("its host is gone");
    shop.call(database, "places an order", () -> place(orders, "order 2"));
    database.step("writes 96 MiB of log for others", () -> fillLog(server));
    database.step("deletes what is not needed", () -> checkpoint(orders));
    relay.restart("on another host");
    relay.call(kafka, "sends what is new", () -> Relay.sendNew(orders, topic));
    kafka.step("lists the orders", () -> new Sent(topic.values()));
  }

  @Override
  public List<Violation> judge(History history) {
    var found = new ArrayList<Violation>();
    history.facts(Kept.class).stream()
        .filter(kept -> kept.value().tooMuch())
        .forEach(kept ->
            found.add(
                Violation.of("The server keeps more than 64 MiB of log for the relay", kept)));
    var sent = history.facts(Sent.class).getLast();
    history.facts(Placed.class).stream()
        .filter(placed -> !sent.value().orders().contains(placed.value().order()))
        .forEach(placed ->
            found.add(
                Violation.of(
                    "No message of %s is ever sent".formatted(placed.value().order()),
                    placed,
                    sent)));
    return found;
  }

  private static void limitSlots(JdbcClient admin) {
    admin.sql("alter system set max_slot_wal_keep_size = '32MB'").update();
    admin.sql("select pg_reload_conf()").query(_ -> {});
  }

  private static Placed place(LogicalDatabase orders, String order) {
    orders.jdbc().sql("insert into outbox (message) values (?)").param(order).update();
    return new Placed(order);
  }

  /** Each switch ends a segment, which counts as if it were full. */
  private static void fillLog(PostgresServer server) {
    var others = JdbcClient.create(server.adminDataSource("postgres"));
    for (int i = 0; i < SEGMENTS; i++) {
      others.sql("select pg_logical_emit_message(true, 'others', '')").query(_ -> {});
      others.sql("select pg_switch_wal()").query(_ -> {});
    }
  }

  private static Kept checkpoint(LogicalDatabase orders) {
    var admin = orders.admin();
    admin.sql("checkpoint").update();
    return admin
        .sql(
            """
            select wal_status,
                   coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0) as bytes
              from pg_replication_slots
             where slot_name = ?
            """)
        .param(orders.name())
        .query((row, _) -> new Kept(row.getString("wal_status"), row.getLong("bytes") > DISK))
        .single();
  }

  /** Reads the log while it has its slot, and the table when it has not. */
  private static final class Relay {

    static Relayed sendNew(LogicalDatabase orders, TrialTopic topic) throws Exception {
      var jdbc = orders.jdbc();
      boolean lost =
          jdbc.sql("select wal_status = 'lost' from pg_replication_slots where slot_name = ?")
              .param(orders.name())
              .query(Boolean.class)
              .single();
      return lost ? startOver(orders, topic) : sendLogged(orders, topic);
    }

    private static Relayed sendLogged(LogicalDatabase orders, TrialTopic topic) throws Exception {
      try (var log = MessageLog.open(orders)) {
        var messages = log.read();
        send(messages, orders, topic);
        log.confirm();
        return new Relayed(messages, "the log");
      }
    }

    /** The new slot comes first, so that no message is between the table's reading and it. */
    private static Relayed startOver(LogicalDatabase orders, TrialTopic topic) throws Exception {
      var jdbc = orders.jdbc();
      jdbc.sql("select pg_drop_replication_slot(?)").param(orders.name()).query(_ -> {});
      orders.createSlot();
      var messages =
          jdbc.sql("select message from outbox order by number")
              .query((row, _) -> row.getString(1))
              .list();
      send(messages, orders, topic);
      return new Relayed(messages, "the table");
    }

    private static void send(List<String> messages, LogicalDatabase orders, TrialTopic topic)
        throws Exception {
      topic.sendAll(messages);
      for (var message : messages) {
        orders.jdbc().sql("delete from outbox where message = ?").param(message).update();
      }
    }
  }
}
