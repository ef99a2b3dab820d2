package dev.mall.verifier.accepted;

import dev.mall.verifier.books.Databases;
import dev.mall.verifier.books.Money;
import dev.mall.verifier.books.Orders;
import dev.mall.verifier.books.Service;
import dev.mall.verifier.books.Snapshot;
import dev.mall.verifier.books.Stock;
import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
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
public final class Promises {

  private static final int AT_ONCE = 5_000;

  private final JsonMapper json = JsonMapper.shared();
  private final Databases databases;
  private final Findings findings;

  public Promises(Databases databases, Findings findings) {
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
      return json.treeToValue(line.get(Journal.DEPOSIT), Money.Deposit.class);
    }
    if (line.has(Journal.RECEIPT)) {
      return json.treeToValue(line.get(Journal.RECEIPT), Stock.Receipt.class);
    }
    return json.treeToValue(line, AcceptedOrder.class);
  }

  /** Looks at the books after it has read the lines, so that each promise must be in them. */
  private void judge(List<Object> some) throws SQLException {
    judgeOrders(of(AcceptedOrder.class, some));
    try (var fresh = Snapshot.of(databases, Service.PAYMENT)) {
      new Money(fresh).judge(findings, of(Money.Deposit.class, some));
    }
    try (var fresh = Snapshot.of(databases, Service.INVENTORY)) {
      new Stock(fresh).judge(findings, of(Stock.Receipt.class, some));
    }
  }

  private static <T> List<T> of(Class<T> type, List<Object> some) {
    return some.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void judgeOrders(List<AcceptedOrder> some) throws SQLException {
    List<Orders.Kept> all;
    try (var fresh = Snapshot.of(databases, Service.ORDER)) {
      all = new Orders(fresh).kept(some.stream().map(Promises::asked).toList());
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

  private static Orders.Promise asked(AcceptedOrder order) {
    return new Orders.Promise(order.id(), order.customerId(), order.key());
  }

  private void found(Kind kind, AcceptedOrder order, Orders.Kept kept, String says) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("accepted", order.toString());
    rows.put("order-service", kept.toString());
    findings.add(new Finding(kind, order.id(), says, rows));
  }
}
