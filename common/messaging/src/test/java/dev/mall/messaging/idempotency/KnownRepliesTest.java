package dev.mall.messaging.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.EncodedMessage;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.envelope.RepeatedReply;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownRepliesTest {

  private static final KnownReplies NONE = new KnownReplies(Map.of(), Map.of());

  @Test
  void asksForEachNewCommandOnceInTheOrderOfTheBatch() {
    var known = new KnownReplies(Map.of(step(1), new OrderSettled(step(1))), Map.of());

    assertThat(known.unanswered(batch(3, 1, 2, 3)))
        .containsExactly(new ConfirmOrder(step(3)), new ConfirmOrder(step(2)));
  }

  @Test
  void repeatsAStoredReplyWithoutADecision() {
    var refused = new SettlementRefused(step(1), "unknown order");
    var known = new KnownReplies(Map.of(step(1), refused), Map.of());

    assertThat(messages(outbound(known, batch(1, 1), Answers.of(List.of()))))
        .containsExactly(refused, refused);
  }

  @Test
  void answersACommandThatIsInTheBatchTwiceWithOneReplyAndItsEventOnce() {
    var settled = new OrderSettled(step(1));
    var confirmed = new OrderConfirmed(1);
    var batch = batch(1, 1);

    var outbound = outbound(NONE, batch, new Answers(List.of(settled), Map.of(step(1), confirmed)));

    assertThat(messages(outbound)).containsExactly(confirmed, settled, settled);
    assertThat(outbound)
        .extracting(OutboundMessage::causationId)
        .containsExactly(batch.get(0).id(), batch.get(0).id(), batch.get(1).id());
  }

  @Test
  void matchesRepliesToCommandsByTheirStep() {
    var replies = List.of(new OrderSettled(step(2)), new OrderSettled(step(1)));

    assertThat(messages(outbound(NONE, batch(1, 2), Answers.of(replies))))
        .containsExactly(new OrderSettled(step(1)), new OrderSettled(step(2)));
  }

  @Test
  void refusesADecisionThatLeavesACommandWithoutReply() {
    assertThatNullPointerException()
        .isThrownBy(() -> outbound(NONE, batch(1), Answers.of(List.of())))
        .withMessageContaining("no reply to " + step(1));
  }

  @Test
  void repeatsAReplyOfANewerReleaseWithoutDecodingIt() {
    var stored = new EncodedMessage("OrderArchived", 9, new byte[] {1});
    var known = new KnownReplies(Map.of(), Map.of(step(1), stored));
    var batch = batch(1, 2);

    assertThat(known.unanswered(batch)).containsExactly(new ConfirmOrder(step(2)));
    assertThat(messages(outbound(known, batch, Answers.of(List.of(new OrderSettled(step(2)))))))
        .containsExactly(new OrderSettled(step(2)));
    assertThat(known.repeats(batch)).containsExactly(new RepeatedReply(batch.getFirst(), stored));
  }

  private static List<OutboundMessage> outbound(
      KnownReplies known, List<InboundMessage<OrderCommand>> batch, Answers answers) {
    return KnownReplies.outbound(known.given(batch, answers), answers, ReplyRoute.TO_SAGA);
  }

  private static List<Message> messages(List<OutboundMessage> outbound) {
    return outbound.stream().map(OutboundMessage::message).toList();
  }

  private static List<InboundMessage<OrderCommand>> batch(long... orders) {
    return Arrays.stream(orders)
        .mapToObj(order ->
            new InboundMessage<OrderCommand>(
                UUID.randomUUID(), new ConfirmOrder(step(order)), null, null, Instant.EPOCH))
        .toList();
  }

  private static StepKey step(long order) {
    return new StepKey(order, "confirm", 1);
  }
}
