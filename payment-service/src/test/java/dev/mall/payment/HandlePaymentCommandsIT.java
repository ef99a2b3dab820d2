package dev.mall.payment;

import static dev.mall.contracts.PaymentReply.DeclineReason.CALLED_OFF;
import static dev.mall.contracts.PaymentReply.DeclineReason.INSUFFICIENT_FUNDS;
import static dev.mall.contracts.PaymentReply.DeclineReason.NO_WALLET;
import static dev.mall.contracts.PaymentReply.DeclineReason.WRONG_CURRENCY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.messaging.envelope.Headers;
import dev.mall.money.Money;
import dev.mall.testing.StatementCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Batches of commands on a real database, and the replies as they reach Kafka. */
class HandlePaymentCommandsIT extends PaymentServiceTests {

  @Autowired StatementCounter counter;
  @Autowired MeterRegistry meters;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
  }

  @Test
  void chargesAndRefunds() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();

    handle(charge(order, ann, euro(300)));
    assertThat(balanceOf(ann)).isEqualTo(euro(700));
    handle(refund(order));

    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
    assertThat(replies.one(charge(order, ann, euro(300)).step()))
        .isInstanceOf(PaymentCharged.class);
    assertThat(replies.one(refund(order).step()))
        .isEqualTo(new PaymentRefunded(refund(order).step(), 300));
  }

  @Test
  void declinesWithTheReason() {
    var poor = charge(anOrder(), aCustomerWith(euro(10)), euro(11));
    var stranger = charge(anOrder(), aCustomer(), euro(11));
    var foreign = charge(anOrder(), aCustomerWith(Money.of(1_000, "USD")), euro(11));

    handle(poor, stranger, foreign);

    assertDeclined(poor, INSUFFICIENT_FUNDS);
    assertDeclined(stranger, NO_WALLET);
    assertDeclined(foreign, WRONG_CURRENCY);
  }

  @Test
  void declinesAgainWhatWasDeclinedAlsoWhenItsDecisionIsForgotten() {
    var ann = aCustomerWith(euro(10));
    var charge = charge(anOrder(), ann, euro(300));
    handle(charge);

    jdbc.sql("delete from decision where order_id = ?").param(charge.step().orderId()).update();
    deposit(ann, euro(1_000));
    handle(charge);

    assertThat(balanceOf(ann)).isEqualTo(euro(1_010));
    replies.await(2, Stream.of(charge.step()));
    assertDeclined(charge, INSUFFICIENT_FUNDS);
  }

  @Test
  void repeatsAReplyOfANewerReleaseAsItIs() {
    var ann = aCustomerWith(euro(1_000));
    var charge = charge(anOrder(), ann, euro(300));
    var other = charge(anOrder(), ann, euro(300));
    jdbc.sql(
            "insert into decision (order_id, step, round, reply_type, reply_version, reply)"
                + " values (?, ?, ?, 'PaymentCharged', 2, '{\"new\": 1}')")
        .params(charge.step().orderId(), charge.step().step(), charge.step().round())
        .update();

    handle(charge, other);

    assertThat(balanceOf(ann)).isEqualTo(euro(700)); // for the other alone
    assertThat(replies.one(other.step())).isInstanceOf(PaymentCharged.class);
    var repeated = unreadable.await(charge.step().orderId()).original();
    assertThat(repeated.body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"new\": 1}");
    assertThat(repeated.headers())
        .containsEntry(Headers.TYPE, "PaymentCharged")
        .containsEntry(Headers.VERSION, "2");
  }

  @Test
  void repeatsChangeNothingInAndAcrossBatches() {
    var ann = aCustomerWith(euro(1_000));
    var charge = charge(anOrder(), ann, euro(300));

    handle(charge, charge);
    handle(charge);

    assertThat(balanceOf(ann)).isEqualTo(euro(700));
    replies.await(3, Stream.of(charge.step()));
    assertThat(replies.to(charge.step())).containsOnly(new PaymentCharged(charge.step()));
  }

  @Test
  void aRepeatOfADeclinedChargeStaysDeclinedAfterTheWalletWasFilled() {
    var ann = aCustomerWith(euro(10));
    var charge = charge(anOrder(), ann, euro(300));

    handle(charge);
    deposit(ann, euro(1_000));
    handle(charge);

    assertThat(balanceOf(ann)).isEqualTo(euro(1_010));
    replies.await(2, Stream.of(charge.step()));
    assertThat(replies.to(charge.step()))
        .containsOnly(new PaymentDeclined(charge.step(), INSUFFICIENT_FUNDS));
  }

  @Test
  void aNewRoundIsDecidedAgain() {
    var ann = aCustomerWith(euro(10));
    long order = anOrder();
    handle(charge(order, 1, ann, euro(300)));
    deposit(ann, euro(1_000));

    handle(charge(order, 2, ann, euro(300)));
    handle(charge(order, 3, ann, euro(300)));

    assertThat(balanceOf(ann)).isEqualTo(euro(710));
    assertThat(replies.one(charge(order, 2, ann, euro(300)).step()))
        .isInstanceOf(PaymentCharged.class);
    assertThat(replies.one(charge(order, 3, ann, euro(300)).step()))
        .isInstanceOf(PaymentCharged.class);
  }

  @Test
  void aRefundThatComesFirstCallsTheChargeOff() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    var charge = charge(order, ann, euro(300));

    handle(refund(order));
    handle(charge);

    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
    assertThat(replies.one(refund(order).step()))
        .isEqualTo(new PaymentRefunded(refund(order).step(), 0));
    assertDeclined(charge, CALLED_OFF);
  }

  @Test
  void aMessageThatContradictsLeavesNothingOfItsBatch() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    handle(charge(order, 1, ann, euro(300)));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> handle(charge(anOrder(), ann, euro(1)), charge(order, 2, ann, euro(301))));

    assertThat(balanceOf(ann)).isEqualTo(euro(700));
  }

  @Test
  void needsNoMoreStatementsForManyMessagesThanForOne() throws Exception {
    var few = mixed(1);
    var many = mixed(100);
    assertThat(many).hasSize(800);

    var forFew = counter.during(() -> handle(few));
    var forMany = counter.during(() -> handle(many));

    assertThat(forMany).hasSameSizeAs(forFew).hasSize(8);
  }

  @Test
  void countsWhatWasDecidedOnceAndInMinorUnits() {
    var ann = aCustomerWith(Money.of(1_000, "CHF"));
    var charge = charge(anOrder(), ann, Money.of(700, "CHF"));
    var declined = charge(anOrder(), ann, Money.of(301, "CHF"));
    double declinedBefore = count("mall.payments.declined", "reason", "INSUFFICIENT_FUNDS");

    handle(charge, declined, charge);
    handle(refund(charge.step().orderId()), charge);

    assertThat(count("mall.payments.deposited.minor", "currency", "CHF")).isEqualTo(1_000);
    assertThat(count("mall.payments.charged", "currency", "CHF")).isEqualTo(1);
    assertThat(count("mall.payments.charged.minor", "currency", "CHF")).isEqualTo(700);
    assertThat(count("mall.payments.refunded.minor", "currency", "CHF")).isEqualTo(700);
    assertThat(count("mall.payments.declined", "reason", "INSUFFICIENT_FUNDS"))
        .isEqualTo(declinedBefore + 1);
  }

  /**
   * Eight commands for each of {@code n}: two charges, a decline, a refund of something charged; an
   * authorization, a capture, a void and the void of an order that comes later.
   */
  private List<PaymentCommand> mixed(int n) {
    var batch = new ArrayList<PaymentCommand>();
    IntStream.range(0, n)
        .forEach(_ -> {
          var ann = aCustomerWith(euro(1_000));
          var earlier = charge(anOrder(), ann, euro(10));
          var captured = authorize(anOrder(), ann, euro(10));
          var voided = authorize(anOrder(), ann, euro(10));
          handle(earlier, captured, voided);
          batch.add(charge(anOrder(), ann, euro(100)));
          batch.add(charge(anOrder(), ann, euro(200)));
          batch.add(charge(anOrder(), ann, euro(5_000)));
          batch.add(refund(earlier.step().orderId()));
          batch.add(authorize(anOrder(), ann, euro(100)));
          batch.add(capture(captured.step().orderId(), euro(10)));
          batch.add(release(voided.step().orderId()));
          batch.add(release(anOrder()));
        });
    return batch;
  }

  private double count(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).counter().count();
  }

  private void assertDeclined(PaymentCommand charge, DeclineReason reason) {
    assertThat(replies.one(charge.step())).isEqualTo(new PaymentDeclined(charge.step(), reason));
  }
}
