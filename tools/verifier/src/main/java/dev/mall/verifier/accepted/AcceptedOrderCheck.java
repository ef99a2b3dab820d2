package dev.mall.verifier.accepted;

import dev.mall.cli.MallService;
import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import dev.mall.verifier.tables.DatabaseAddresses;
import dev.mall.verifier.tables.OrderTables;
import dev.mall.verifier.tables.PaymentTables;
import dev.mall.verifier.tables.Snapshot;
import dev.mall.verifier.tables.StockTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the services to what a journal says was accepted. */
public final class AcceptedOrderCheck {

  private static final int AT_ONCE = 5_000;

  private final JsonMapper json = JsonMapper.shared();
  private final DatabaseAddresses databases;
  private final Findings findings;

  public AcceptedOrderCheck(DatabaseAddresses databases, Findings findings) {
    this.databases = databases;
    this.findings = findings;
  }

  /** The journal cannot be read. */
  public static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(Path journal, long line, Exception cause) {
      super("%s, line %d: %s".formatted(journal, line, cause.getMessage()), cause);
    }
  }

  /** Returns how many lines were read. */
  public long judge(Path journal) throws IOException, SQLException {
    long lines = 0;
    try (var reader = Files.newBufferedReader(journal)) {
      for (var some = read(reader, journal, lines);
          !some.isEmpty();
          some = read(reader, journal, lines)) {
        lines += some.size();
        judge(some);
      }
    }
    return lines;
  }

  private List<Object> read(BufferedReader reader, Path journal, long before) throws IOException {
    var some = new ArrayList<Object>();
    while (some.size() < AT_ONCE) {
      var line = reader.readLine();
      if (line == null) {
        break;
      }
      try {
        some.add(promise(json.readTree(line)));
      } catch (JacksonException e) {
        throw new Unreadable(journal, before + some.size() + 1, e);
      }
    }
    return some;
  }

  private Object promise(JsonNode line) {
    if (line.has(Journal.DEPOSIT)) {
      return json.treeToValue(line.get(Journal.DEPOSIT), PaymentTables.Deposit.class);
    }
    if (line.has(Journal.CANCELLATION)) {
      return json.treeToValue(line.get(Journal.CANCELLATION), OrderTables.Cancellation.class);
    }
    if (line.has(Journal.RECEIPT)) {
      return json.treeToValue(line.get(Journal.RECEIPT), StockTables.Receipt.class);
    }
    return json.treeToValue(line, AcceptedOrder.class);
  }

  /** Reads the tables after the journal, so that each entry must be in them. */
  private void judge(List<Object> some) throws SQLException {
    judgeOrders(of(AcceptedOrder.class, some));
    try (var fresh = Snapshot.of(databases, MallService.ORDER)) {
      new OrderTables(fresh).judge(findings, of(OrderTables.Cancellation.class, some));
    }
    try (var fresh = Snapshot.of(databases, MallService.PAYMENT)) {
      new PaymentTables(fresh).judge(findings, of(PaymentTables.Deposit.class, some));
    }
    try (var fresh = Snapshot.of(databases, MallService.INVENTORY)) {
      new StockTables(fresh).judge(findings, of(StockTables.Receipt.class, some));
    }
  }

  private static <T> List<T> of(Class<T> type, List<Object> some) {
    return some.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void judgeOrders(List<AcceptedOrder> some) throws SQLException {
    List<OrderTables.Kept> all;
    try (var fresh = Snapshot.of(databases, MallService.ORDER)) {
      all = new OrderTables(fresh).kept(some.stream().map(AcceptedOrderCheck::asked).toList());
    }
    for (var kept : all) {
      var order = some.get(kept.number());
      if (kept.customer() == null) {
        found(Kind.ORDER_LOST, order, kept, "it was accepted, and order-service does not know it");
      } else if (!kept.customer().equals(order.customerId())) {
        found(Kind.ORDER_LOST, order, kept, "it was accepted for another customer");
      } else if (kept.idOfKey() != null && !kept.idOfKey().equals(order.id())) {
        found(Kind.KEY_CONTRADICTED, order, kept, "its key now stands for order " + kept.idOfKey());
      }
    }
  }

  private static OrderTables.Promise asked(AcceptedOrder order) {
    return new OrderTables.Promise(order.id(), order.customerId(), order.key());
  }

  private void found(Kind kind, AcceptedOrder order, OrderTables.Kept kept, String says) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("accepted", order.toString());
    rows.put("order-service", kept.toString());
    findings.add(new Finding(kind, order.id(), says, rows));
  }
}
