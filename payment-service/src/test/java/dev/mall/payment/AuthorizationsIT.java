package dev.mall.payment;

import static dev.mall.contracts.PaymentReply.CaptureRefusal.INSUFFICIENT_FUNDS;
import static dev.mall.contracts.PaymentReply.CaptureRefusal.NOT_AUTHORIZED;
import static dev.mall.contracts.PaymentReply.CaptureRefusal.OTHER_AMOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentReply.CaptureRefused;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentAuthorized;
import dev.mall.contracts.PaymentReply.PaymentCaptured;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentVoided;
import dev.mall.contracts.PaymentReply.VoidRefused;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.payment.query.FindPayments;
import dev.mall.payment.query.PaymentStatus;
import dev.mall.payment.query.PaymentSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;

/** Held money on a real database: the three anomalies of try, confirm and cancel, and the sweep. */
class AuthorizationsIT extends PaymentServiceTests {

  @Autowired FindPayments found;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
  }

  @Test
  void holdsThenTakesTheMoney() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();

    handle(authorize(order, ann, euro(300)));
    assertThat(balanceOf(ann)).isEqualTo(euro(700));
    assertThat(payment(order).status()).isEqualTo(PaymentStatus.AUTHORIZED);
    assertThat(payment(order).heldMinor()).isEqualTo(300);
    assertThat(payment(order).heldUntil()).isNotNull();
    handle(capture(order, euro(300)));

    assertThat(balanceOf(ann)).isEqualTo(euro(700));
    assertThat(payment(order).status()).isEqualTo(PaymentStatus.CAPTURED);
    assertThat(payment(order).capturedMinor()).isEqualTo(300);
    assertThat(payment(order).heldMinor()).isZero();
    assertThat(reply(order, "authorize")).isInstanceOf(PaymentAuthorized.class);
    assertThat(reply(order, "capture")).isInstanceOf(PaymentCaptured.class);
  }

  @Test
  void emptyRollback_aVoidWithoutAuthorizationChangesNothing() {
    long order = anOrder();

    handle(release(order));

    assertThat(reply(order, "void")).isEqualTo(new PaymentVoided(key(order, "void"), 0));
    assertThat(payment(order).status()).isEqualTo(PaymentStatus.CANCELLED);
  }

  @Test
  void suspension_anAuthorizationAfterItsVoidHoldsNothing() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();

    handle(release(order));
    handle(authorize(order, ann, euro(300)));

    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
    assertThat(reply(order, "authorize"))
        .isEqualTo(new PaymentDeclined(key(order, "authorize"), DeclineReason.CALLED_OFF));
  }

  @Test
  void idempotence_eachCommandHasOneEffectAndOneReply() {
    var ann = aCustomerWith(euro(1_000));
    long taken = anOrder();
    long returned = anOrder();
    var script =
        List.<PaymentCommand>of(
            authorize(taken, ann, euro(300)),
            authorize(returned, ann, euro(200)),
            capture(taken, euro(300)),
            release(returned));

    script.forEach(command -> handle(command, command));
    script.forEach(this::handle);

    assertThat(balanceOf(ann)).isEqualTo(euro(700));
    replies.await(3, script.stream().map(PaymentCommand::step));
    assertThat(script)
        .allSatisfy(
            command -> assertThat(replies.to(command.step()).stream().distinct()).hasSize(1));
    assertThat(reply(returned, "void")).isEqualTo(new PaymentVoided(key(returned, "void"), 200));
  }

  @Test
  void refusesToCaptureAPartOrWhatWasNotAuthorized() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    long unknown = anOrder();

    handle(authorize(order, ann, euro(300)));
    handle(capture(order, euro(299)), capture(unknown, euro(1)));
    assertThat(reply(order, "capture"))
        .isEqualTo(new CaptureRefused(key(order, "capture"), OTHER_AMOUNT));
    assertThat(reply(unknown, "capture"))
        .isEqualTo(new CaptureRefused(key(unknown, "capture"), NOT_AUTHORIZED));
    handle(capture(order, 2, euro(300)));

    assertThat(replies.one(new StepKey(order, "capture", 2))).isInstanceOf(PaymentCaptured.class);
  }

  @Test
  void refusesToVoidWhatWasCapturedAndRefundsIt() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();

    handle(authorize(order, ann, euro(300)), capture(order, euro(300)), release(order));
    assertThat(reply(order, "void")).isInstanceOf(VoidRefused.class);
    handle(refund(order));

    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
    assertThat(payment(order).status()).isEqualTo(PaymentStatus.REFUNDED);
    assertThat(payment(order).refundedMinor()).isEqualTo(300);
  }

  @Test
  void returnsTheMoneyOfAnExpiredAuthorizationAndTakesItAgainForALateCapture() {
    var ann = aCustomerWith(euro(300));
    long order = anOrder();
    handle(authorize(order, ann, euro(300)));

    overdue(order);
    awaitSweep(order);
    assertThat(balanceOf(ann)).isEqualTo(euro(300));
    assertThat(payment(order).status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(payment(order).heldUntil()).isNull();
    var rival = charge(anOrder(), ann, euro(300));
    handle(rival, capture(order, euro(300)));
    assertThat(reply(order, "capture"))
        .isEqualTo(new CaptureRefused(key(order, "capture"), INSUFFICIENT_FUNDS));
    handle(refund(rival.step().orderId()), capture(order, 2, euro(300)));

    assertThat(replies.one(new StepKey(order, "capture", 2))).isInstanceOf(PaymentCaptured.class);
    assertThat(balanceOf(ann)).isEqualTo(euro(0));
    assertThat(payment(order).status()).isEqualTo(PaymentStatus.CAPTURED);
  }

  @Test
  void aVoidAfterTheExpiryReturnsNothingTwice() {
    var ann = aCustomerWith(euro(300));
    long order = anOrder();
    handle(authorize(order, ann, euro(300)));
    overdue(order);
    awaitSweep(order);

    handle(release(order));

    assertThat(balanceOf(ann)).isEqualTo(euro(300));
    assertThat(reply(order, "void")).isEqualTo(new PaymentVoided(key(order, "void"), 300));
  }

  @Test
  void captureVoidAndSweepMayMeet() throws Exception {
    var ann = aCustomerWith(euro(1_000));
    var orders = Stream.generate(PaymentServiceTests::anOrder).limit(60).toList();
    orders.forEach(order -> {
      handle(authorize(order, ann, euro(10)));
      overdue(order);
    });

    try (var threads = Executors.newFixedThreadPool(4)) {
      var work = new ArrayList<PaymentCommand>();
      orders.forEach(order -> {
        work.add(capture(order, euro(10)));
        work.add(release(order));
      });
      Collections.shuffle(work, new Random(7));
      for (var done :
          work.stream().map(command -> threads.submit(() -> retried(command))).toList()) {
        done.get();
      }
    }

    long captured =
        orders.stream().filter(order -> reply(order, "capture") instanceof PaymentCaptured).count();
    long voided =
        orders.stream().filter(order -> reply(order, "void") instanceof PaymentVoided).count();
    assertThat(captured + voided).as("one of both").isEqualTo(60);
    assertThat(balanceOf(ann)).isEqualTo(euro(1_000 - 10 * captured));
  }

  private void retried(PaymentCommand command) {
    while (true) {
      try {
        handle(command);
        return;
      } catch (ConcurrencyFailureException _) {
        Thread.onSpinWait(); // as the consumer does
      }
    }
  }

  private void overdue(long order) {
    jdbc.sql("update payment set held_until = now() - interval '1 s' where order_id = ?")
        .param(order)
        .update();
  }

  private void awaitSweep(long order) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> payment(order).status() == PaymentStatus.CANCELLED);
  }

  private PaymentSummary payment(long order) {
    return found.ofOrder(order).orElseThrow();
  }

  private Reply reply(long order, String step) {
    return replies.one(key(order, step));
  }

  private static StepKey key(long order, String step) {
    return new StepKey(order, step, 1);
  }
}
