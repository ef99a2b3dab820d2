package dev.mall.payment.charge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
import dev.mall.contracts.PaymentReply.PaymentCaptured;
import dev.mall.contracts.PaymentReply.PaymentVoided;
import dev.mall.contracts.PaymentReply.VoidRefused;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import dev.mall.payment.charge.Payment.CalledOff;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.charge.Payment.Voided;
import dev.mall.testing.Interleavings;
import java.util.EnumMap;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every order in which an authorization, its capture, its void, their repeats, a second round of
 * the capture, the sweep and another order that wants the same money can come: 45,360 of them.
 */
class AuthorizationInterleavingsTest {

  private static final long ORDER = 1;
  private static final long RIVAL = 2;
  private static final StepKey CAPTURE = new StepKey(ORDER, "capture", 1);
  private static final StepKey CAPTURE_AGAIN = new StepKey(ORDER, "capture", 2);
  private static final StepKey VOID = new StepKey(ORDER, "void", 1);

  /** The events of a story, with their frequencies. */
  private enum Event {
    AUTHORIZE(2, books -> books.handle(List.of(authorize()))),
    CAPTURE(2, books -> books.handle(List.of(capture(AuthorizationInterleavingsTest.CAPTURE)))),
    CAPTURE_AGAIN(
        1, books -> books.handle(List.of(capture(AuthorizationInterleavingsTest.CAPTURE_AGAIN)))),
    VOID(2, books -> books.handle(List.of(new VoidPayment(AuthorizationInterleavingsTest.VOID)))),
    EXPIRE(1, books -> books.expire(ORDER)),
    RIVAL_CHARGE(1, books -> books.handle(List.of(rival())));

    private final int times;
    private final Consumer<PaymentModel> happens;

    Event(int times, Consumer<PaymentModel> happens) {
      this.times = times;
      this.happens = happens;
    }
  }

  @Test
  void endInOneOutcomeThatEveryAnswerAgreesWith() {
    var times = new EnumMap<Event, Integer>(Event.class);
    for (var event : Event.values()) {
      times.put(event, event.times);
    }

    assertThat(Interleavings.each(times, AuthorizationInterleavingsTest::record)).isEqualTo(45_360);
  }

  private static void record(List<Event> events) {
    var books = new PaymentModel(events.toString());
    books.deposit("ann", 100, "EUR");
    for (var event : events) {
      event.happens.accept(books);
    }
    books.judge();
    var saysCaptured =
        books.replyTo(CAPTURE) instanceof PaymentCaptured
            || books.replyTo(CAPTURE_AGAIN) instanceof PaymentCaptured;
    var voided = books.replyTo(VOID);
    var payment = books.payment(ORDER);
    require(events, saysCaptured ? voided instanceof VoidRefused : voided instanceof PaymentVoided);
    require(
        events,
        saysCaptured
            ? payment instanceof Charged
            : payment instanceof Voided || payment instanceof CalledOff);
    long rivals = books.payment(RIVAL) instanceof Charged ? 100 : 0;
    require(events, books.inWallets() == 100 - rivals - (saysCaptured ? 100 : 0));
  }

  private static void require(List<Event> events, boolean holds) {
    if (!holds) {
      throw new AssertionError(events.toString());
    }
  }

  private static PaymentCommand authorize() {
    var step = new StepKey(ORDER, "authorize", 1);
    return new AuthorizePayment(step, "ann", 100, "EUR", PaymentMethod.WALLET);
  }

  private static PaymentCommand capture(StepKey step) {
    return new CapturePayment(step, 100, "EUR");
  }

  private static PaymentCommand rival() {
    var step = new StepKey(RIVAL, "pay", 1);
    return new ChargePayment(step, "ann", 100, "EUR", PaymentMethod.WALLET);
  }
}
