package dev.mall.lab.delivery.outbox;

import dev.mall.lab.delivery.TrialTopic;
import dev.mall.lab.delivery.outbox.OutboxBench.Costs;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Outboxes that are polled, and outboxes that are read in PostgreSQL's log. */
public final class Outboxes implements Comparison {

  /** Makes a design on a database, with a slot where it needs one. */
  private interface Kind {
    OutboxDesign on(LogicalDatabase database) throws SQLException;
  }

  private record Choice(String title, Kind kind) {}

  private static final List<Choice> CHOICES =
      List.of(
          new Choice(
              "polled, what is sent is deleted",
              database -> new OutboxDesign.Deleting(database.jdbc())),
          new Choice(
              "polled, position by number",
              database -> new OutboxDesign.Remembering(OutboxCursor.byNumber(database.jdbc()))),
          new Choice(
              "polled, position by transaction",
              database ->
                  new OutboxDesign.Remembering(OutboxCursor.byTransaction(database.jdbc()))),
          new Choice(
              "log, rows of a table", database -> logged(database, OutboxDesign.LoggedRows::new)),
          new Choice(
              "log, messages without a table",
              database -> logged(database, OutboxDesign.LoggedMessages::new)));

  @Override
  public String name() {
    return "delivery/outboxes";
  }

  @Override
  public String title() {
    return "Outboxes that are polled, and outboxes in the log";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A relay finds messages in one of two places. It polls a table, by plain SQL and with any privilege that the service has. Or it reads the
    database's log, which has every insert in the order of the commits: a logical replication slot remembers how far the relay came, and
    the server pushes what is new. Debezium is the well-kept reader of this kind; here the driver's replication stream reads the
    same protocol.

    Polling pays with the table. Each message is inserted, indexed, read, deleted and vacuumed, and a long transaction elsewhere keeps
    vacuum from its dead rows. It also pays with the poll's interval, unless a notification wakes the relay, and it must not trust numbers
    ([the gap](outbox-gap.md)). A relay that is down costs rows, which a query counts.

    The log pays with the slot. The server has to write more of it (`wal_level = logical`), keeps all of it, for all databases, from the
    oldest position that a slot has not confirmed, and fills its disk when the relay is gone for good; with a limit it gives the slot up
    instead ([the slot](abandoned-slot.md)). With `pg_logical_emit_message` no table is needed, and then nothing but the log has the
    message. Slots survive a failover only where they are synchronized to the standby.
    """;
  }

  @Override
  public String conclusion() {
    return """
    Poll until the table is what limits you: it needs no privilege and no second system, its backlog is a count, and deleting what is sent
    closes the gap. Read the log when there is a platform that operates Debezium anyhow, when order must be that of the commits, or when
    the writes of the outbox are too many; then alert on what each slot keeps, and limit it.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to("ADR 4: the outbox and its relay", "docs/adr/0004-outbox-order-and-relay.md"),
        Link.to(
            "ADR 34: committed rows are published from memory",
            "docs/adr/0034-committed-rows-are-published-from-memory.md"),
        Link.to(
            "The relay's statements",
            "common/messaging/src/main/java/dev/mall/messaging/outbox/relay/OutboxStore.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Debezium: Outbox event router",
            "https://debezium.io/documentation/reference/stable/transformations/outbox-event-router.html"),
        Link.to(
            "PostgreSQL: Logical decoding concepts",
            "https://www.postgresql.org/docs/18/logicaldecoding-explanation.html"),
        Link.to(
            "PostgreSQL: Logical replication message formats",
            "https://www.postgresql.org/docs/18/protocol-logicalrep-message-formats.html"));
  }

  @Override
  public Result compare(Trial trial) throws Exception {
    var server = LogicalDatabase.startServer(trial);
    var topic = TrialTopic.create(trial, "outboxes");
    warmUp(LogicalDatabase.create(server, "warm_up"), trial, topic);
    var without = new OutboxBench(trial, LogicalDatabase.create(server, "without")).orders();
    var costs = new ArrayList<List<String>>();
    costs.add(List.of("none, the order alone", micros(without.commits()), "–", "–", "–"));
    var behaviours = new ArrayList<List<String>>();
    for (var choice : CHOICES) {
      var database = LogicalDatabase.create(server, "outbox_" + behaviours.size());
      var bench = new OutboxBench(trial, database);
      try (var outbox = choice.kind().on(database)) {
        var order = bench.order(outbox, topic);
        costs.add(cells(choice.title(), bench.costs(outbox, topic), without));
        behaviours.add(
            List.of(
                choice.title(), order, Long.toString(bench.rows()), mebibytes(bench.logKept())));
      }
    }
    return Result.of(
        new Table(
            "%,d orders with a message each, one transaction per order, then one round of the relay"
                .formatted(OutboxBench.MESSAGES),
            List.of(
                Column.of("outbox"),
                Column.measured("commit, µs per order"),
                Column.measured("relay, µs per message"),
                Column.measured("log, bytes per message"),
                Column.measured("table afterwards, KiB")),
            costs),
        new Table(
            "Message 1 has the smaller number, message 2 is committed first, and the relay runs after each commit",
            List.of(
                Column.of("outbox"),
                Column.of("sent"),
                Column.of("rows that stay in the table"),
                Column.measured("log kept after others wrote 16 MiB, MiB")),
            behaviours));
  }

  private static List<String> cells(String title, Costs costs, Costs without) {
    return List.of(
        title,
        micros(costs.commits()),
        micros(costs.relay()),
        Long.toString((costs.logBytes() - without.logBytes()) / OutboxBench.MESSAGES),
        Long.toString(costs.tableBytes() / 1_024));
  }

  /** So that the first outbox does not pay for the start of clients and of the JVM. */
  private static void warmUp(LogicalDatabase database, Trial trial, TrialTopic topic)
      throws Exception {
    try (var outbox = new OutboxDesign.Deleting(database.jdbc())) {
      new OutboxBench(trial, database).costs(outbox, topic);
    }
  }

  /** Per order. */
  private static String micros(Duration all) {
    return Long.toString(all.toNanos() / 1_000 / OutboxBench.MESSAGES);
  }

  private static String mebibytes(long bytes) {
    return Long.toString(bytes >> 20);
  }

  private static OutboxDesign logged(
      LogicalDatabase database, Function<MessageLog, OutboxDesign> design) throws SQLException {
    database.createSlot();
    return design.apply(MessageLog.open(database));
  }
}
