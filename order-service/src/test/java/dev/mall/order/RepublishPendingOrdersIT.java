package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.order.cancel.RequestCancellation;
import dev.mall.order.republish.RepublishPendingOrders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Orders that stay pending are announced again. */
class RepublishPendingOrdersIT extends OrderServiceTests {

  @Autowired RepublishPendingOrders republish;
  @Autowired RequestCancellation cancellations;

  @BeforeEach
  void noOrderIsLateYet() {
    jdbc.sql("update orders set announce_next = 'infinity'").update();
  }

  @Test
  void announcesALateOrderAgainUnderTheSameMessageId() {
    long order = aPendingOrder();
    sent.await(1, OrderPlaced.class, order);
    makeLate(order);

    republish.republishLate();
    republish.republishLate(); // it is not late any more

    var announcements = sent.await(2, OrderPlaced.class, order);
    assertThat(announcements).hasSize(2);
    assertThat(announcements)
        .extracting(InboundMessage::id)
        .containsOnly(announcements.getFirst().id());
    assertThat(announcements)
        .extracting(InboundMessage::message)
        .containsOnly(first(announcements));
    assertThat(announcements)
        .extracting(RepublishPendingOrdersIT::trace)
        .containsOnly(trace(announcements.getFirst()));
    assertThat(
            client()
                .get("/orders/%d/timeline".formatted(order))
                .body()
                .path("entries")
                .findValuesAsString("what"))
        .containsExactly("PLACED", "ANNOUNCED_AGAIN");
  }

  @Test
  void announcesTheCancellationOfALateOrderAgain() {
    long order = aPendingOrder();
    cancellations.request(order, "ordered twice", _ -> true);
    sent.await(1, CancellationRequested.class, order);
    makeLate(order);

    republish.republishLate();

    assertThat(sent.await(2, CancellationRequested.class, order))
        .extracting(InboundMessage::id)
        .hasSize(2)
        .containsOnly(sent.about(CancellationRequested.class, order).getFirst().id());
    assertThat(sent.await(2, OrderPlaced.class, order)).hasSize(2);
  }

  @Test
  void announcesNoCancellationThatWasNotRequested() {
    long order = aPendingOrder();
    makeLate(order);

    republish.republishLate();

    sent.await(2, OrderPlaced.class, order);
    assertThat(sent.about(CancellationRequested.class, order)).isEmpty();
  }

  @Test
  void waitsTwiceAsLongEachTime() {
    long order = aPendingOrder();

    makeLate(order);
    republish.republishLate();
    var once = untilNext(order);
    makeLate(order);
    republish.republishLate();
    var twice = untilNext(order);

    assertThat(once).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    assertThat(twice).isBetween(Duration.ofMinutes(7), Duration.ofMinutes(8));
  }

  @Test
  void leavesFinalOrdersAlone() {
    long order = aPendingOrder();
    settle(confirm(order));
    makeLate(order);

    republish.republishLate();

    assertThat(announcementsOf(order)).isOne();
  }

  @Test
  void replicasShareTheWork() {
    var orders = IntStream.range(0, 30).mapToObj(_ -> aPendingOrder()).toList();
    orders.forEach(this::makeLate);

    var rounds =
        IntStream.range(0, 6)
            .mapToObj(_ -> CompletableFuture.runAsync(republish::republishLate))
            .toList();
    rounds.forEach(CompletableFuture::join);

    assertThat(orders).allSatisfy(order -> assertThat(announcementsOf(order)).isEqualTo(2));
  }

  /** Without the span, of which every handling of a sampled message has its own. */
  private static String trace(InboundMessage<?> received) {
    return received.traceparent().split("-")[1];
  }

  private static OrderPlaced first(List<InboundMessage<OrderPlaced>> announcements) {
    return announcements.getFirst().message();
  }

  private void makeLate(long order) {
    jdbc.sql("update orders set announce_next = now() - interval '1 s' where id = :id")
        .param("id", order)
        .update();
  }

  private Duration untilNext(long order) {
    return Duration.ofSeconds(
        jdbc.sql("select extract(epoch from announce_next - now())::int from orders where id = :id")
            .param("id", order)
            .query(Integer.class)
            .single());
  }

  private int announcementsOf(long order) {
    return jdbc.sql("select announcements from orders where id = :id")
        .param("id", order)
        .query(Integer.class)
        .single();
  }
}
