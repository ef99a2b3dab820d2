package dev.mall.launcher.tour;

import dev.mall.cli.HttpReply;
import dev.mall.cli.Polling;
import dev.mall.cli.Terminal;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.launcher.tour.Scenario.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Places an order and shows its outcome. */
final class ScenarioRunner {

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration PRICES_ARRIVE_WITHIN = Duration.ofSeconds(30);
  private static final String NOT_IN_ITS_CATALOGUE_YET = "sku-unknown";

  private final MallClient shop;
  private final Terminal terminal;

  ScenarioRunner(MallClient shop, Terminal terminal) {
    this.shop = shop;
    this.terminal = terminal;
  }

  /** Places the order, shows its way, and returns what did not come as announced. */
  List<String> play(int number, Scenario act) throws InterruptedException {
    terminal.title("%d. %s".formatted(number, act.story()));
    var complaints = new ArrayList<String>();
    var started = Instant.now();
    var order = place(act).expect(200, 202);
    var id = order.text("id");
    show(order, started);
    if (act.key().isPresent()) {
      complaints.addAll(sendAgain(act, id));
    }
    if (isOrchestrated(order)) {
      awaitEndOfSaga(id);
      showWay(shop.saga(id));
    } else {
      awaitNotification(act.request().customerId(), id);
      showTimeline(shop.timeline(id));
    }
    if (act.announced().isReturned()) {
      cancel(id);
    }
    complaints.addAll(judge(number, act, id));
    return complaints;
  }

  /**
   * An order-service that has just received a product may not know its price yet. A request with a
   * key is also sent again without an answer, because it may have been taken.
   */
  private HttpReply place(Scenario act) throws InterruptedException {
    var answer = new ArrayList<HttpReply>();
    Polling.require(
        PRICES_ARRIVE_WITHIN,
        () -> {
          answer.add(shop.place(act.request(), act.key(), ANSWER));
          var last = answer.getLast();
          return !last.problem().equals(Optional.of(NOT_IN_ITS_CATALOGUE_YET))
              && !(act.key().isPresent() && last.isLater());
        },
        () -> "order-service does not know the prices");
    return answer.getLast();
  }

  private void show(HttpReply order, Instant started) {
    terminal.line(
        "   %s → %d, order %s, %s, after %d ms"
            .formatted(
                order.request().replaceFirst("http.*(?=/orders)", ""),
                order.status(),
                order.text("id"),
                ShopState.money(order.number("totalMinor")),
                Duration.between(started, Instant.now()).toMillis()));
  }

  private List<String> sendAgain(Scenario act, String id) throws InterruptedException {
    var again = place(act).expect(200, 202);
    terminal.line(
        "   again with the same key → %d, order %s".formatted(again.status(), again.text("id")));
    return again.text("id").equals(id)
        ? List.of()
        : List.of("one key made two orders: %s and %s".formatted(id, again.text("id")));
  }

  private static boolean isOrchestrated(HttpReply order) {
    return CheckoutMode.valueOf(order.text("checkout")).isOrchestrated();
  }

  /**
   * The order is final when the customer is notified; the saga's last line comes a moment later.
   */
  private void awaitEndOfSaga(String id) throws InterruptedException {
    Polling.require(
        ANSWER,
        () -> List.of("COMPLETED", "COMPENSATED").contains(shop.saga(id).text("state")),
        () -> "the saga of order %s is not over".formatted(id));
  }

  private void awaitNotification(String customerId, String id) throws InterruptedException {
    Polling.require(
        ANSWER,
        () -> shop.notificationsAbout(customerId, id) > 0,
        () -> "the customer of order %s is not notified".formatted(id));
  }

  private void cancel(String id) throws InterruptedException {
    var reply = shop.cancel(id, "changed my mind");
    terminal.line(
        "   POST /orders/%s/cancellation → %d, %s"
            .formatted(id, reply.status(), reply.text("status")));
    Polling.require(
        ANSWER,
        () -> shop.returnSaga(id).text("state").equals("COMPLETED"),
        () -> "the return of order %s is not over".formatted(id));
    showWay(shop.returnSaga(id));
  }

  private void showWay(HttpReply saga) {
    var lines = saga.body().path("timeline");
    var first = lines.isEmpty() ? Instant.EPOCH : at(lines.get(0));
    lines.forEach(line ->
        terminal.aside(
            "   %+6d ms  %-13s %-9s %s"
                .formatted(
                    Duration.between(first, at(line)).toMillis(),
                    line.path("step").asString(""),
                    line.path("what").asString(""),
                    messages(line))));
  }

  /** Of an order without an orchestrator; the steps between are in the traces. */
  private void showTimeline(HttpReply order) {
    var entries = order.body().path("entries");
    var first = entries.isEmpty() ? Instant.EPOCH : at(entries.get(0));
    entries.forEach(entry ->
        terminal.aside(
            "   %+6d ms  %-13s %s"
                .formatted(
                    Duration.between(first, at(entry)).toMillis(),
                    entry.path("what").asString(""),
                    entry.path("detail").asString(""))
                .stripTrailing()));
  }

  private static String messages(JsonNode line) {
    var received = line.path("received").asString("");
    var sent = line.path("sent").asString("");
    return sent.isEmpty() ? received : "%s → %s".formatted(received, sent);
  }

  private static Instant at(JsonNode line) {
    return Instant.parse(line.path("at").asString("1970-01-01T00:00:00Z"));
  }

  private List<String> judge(int number, Scenario act, String id) {
    var order = shop.order(id);
    var ending = new Ending(order.text("status"), order.text("cancelReason"));
    long notified = shop.notificationsAbout(act.request().customerId(), id);
    var complaints = new ArrayList<String>();
    if (!ending.equals(act.announced())) {
      complaints.add("order %d ended %s, not %s".formatted(number, ending, act.announced()));
    }
    if (notified != act.announced().notifications()) {
      complaints.add("the customer of order %d was notified %d times".formatted(number, notified));
    }
    complaints.forEach(terminal::bad);
    if (complaints.isEmpty()) {
      terminal.good(
          "%s, as announced; the customer was notified %s"
              .formatted(ending, notified == 1 ? "once" : "of both"));
    }
    return complaints;
  }
}
