package dev.mall.payment.charge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes, in whatever order, how often and in whatever batches: the promises about money
 * hold after every batch.
 */
class PaymentRulesPropertiesTest {

  private static final List<String> CUSTOMERS = List.of("ann", "bob", "eve");

  @Test
  void moneyIsConservedWhateverComesInWhateverOrder() {
    for (long seed = 0; seed < 3_000; seed++) {
      var random = new SplittableRandom(seed);
      var books = new PaymentModel("seed " + seed);
      var script = anyScript(random);

      while (!script.isEmpty()) {
        if (random.nextInt(3) == 0) {
          books.deposit(any(CUSTOMERS, random), random.nextLong(1, 200), anyCurrency(random));
        }
        var batch = script.subList(0, random.nextInt(script.size()) + 1);
        books.handle(List.copyOf(batch));
        batch.clear();
        books.judge();
        books.expire(any(orders(), random));
        books.judge();
      }
    }
  }

  @Test
  void whatWasRefundedLastNetsToZero() {
    for (long seed = 0; seed < 1_000; seed++) {
      var random = new SplittableRandom(seed);
      var books = new PaymentModel("seed " + seed);
      CUSTOMERS.forEach(customer -> books.deposit(customer, 500, "EUR"));
      long deposited = books.inWallets();

      books.handle(anyScript(random));
      books.handle(orders().stream().map(PaymentRulesPropertiesTest::refund).toList());

      assertThat(books.inWallets()).as("seed %d", seed).isEqualTo(deposited);
    }
  }

  @Test
  void theOrdersPaidByAuthorizationTakeWhatWasCapturedAndReturnTheRest() {
    for (long seed = 0; seed < 1_000; seed++) {
      var random = new SplittableRandom(seed);
      var books = new PaymentModel("seed " + seed);
      CUSTOMERS.forEach(customer -> books.deposit(customer, 500, "EUR"));
      long deposited = books.inWallets();

      books.handle(anyScript(random));
      books.handle(orders().stream().map(PaymentRulesPropertiesTest::release).toList());
      books.judge();

      long taken = books.takenFromWallets();
      assertThat(books.inWallets()).as("seed %d", seed).isEqualTo(deposited - taken);
    }
  }

  /**
   * Charges or authorizations with captures and voids, second rounds and refunds of some orders,
   * with repeats, shuffled.
   */
  private static List<PaymentCommand> anyScript(SplittableRandom random) {
    var script = new ArrayList<PaymentCommand>();
    for (long order : orders()) {
      var customer = any(CUSTOMERS, random);
      var total = random.nextLong(1, 300);
      var currency = anyCurrency(random);
      boolean held = order % 2 == 0;
      for (int round = 1; round <= random.nextInt(1, 4); round++) {
        var step = new StepKey(order, "pay", round);
        script.add(
            held
                ? new AuthorizePayment(step, customer, total, currency, PaymentMethod.WALLET)
                : new ChargePayment(step, customer, total, currency, PaymentMethod.WALLET));
        if (held && random.nextBoolean()) {
          var wanted = random.nextInt(5) == 0 ? total + 1 : total;
          script.add(new CapturePayment(new StepKey(order, "capture", round), wanted, currency));
        }
      }
      if (held && random.nextBoolean()) {
        script.add(release(order));
      }
      if (random.nextBoolean()) {
        script.add(refund(order));
      }
    }
    for (int repeats = random.nextInt(10); repeats > 0; repeats--) {
      script.add(any(script, random));
    }
    for (int i = script.size() - 1; i > 0; i--) {
      Collections.swap(script, i, random.nextInt(i + 1));
    }
    return script;
  }

  private static List<Long> orders() {
    return List.of(1L, 2L, 3L, 4L, 5L, 6L);
  }

  private static PaymentCommand refund(long order) {
    return new RefundPayment(new StepKey(order, "refund", 1));
  }

  private static PaymentCommand release(long order) {
    return new VoidPayment(new StepKey(order, "void", 9));
  }

  private static String anyCurrency(SplittableRandom random) {
    return random.nextInt(5) == 0 ? "USD" : "EUR";
  }

  private static <T> T any(List<T> things, SplittableRandom random) {
    return things.get(random.nextInt(things.size()));
  }
}
