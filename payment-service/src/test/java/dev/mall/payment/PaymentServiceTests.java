package dev.mall.payment;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import dev.mall.money.Money;
import dev.mall.payment.charge.HandlePaymentCommands;
import dev.mall.payment.wallet.DepositMoney;
import dev.mall.payment.wallet.FindWallets;
import dev.mall.payment.wallet.MakeDeposit;
import dev.mall.testing.CountStatements;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import dev.mall.testing.messages.SentCommands;
import dev.mall.testing.messages.SentEvents;
import dev.mall.testing.messages.SentReplies;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * payment-service on real servers. All tests share one service, its database and its topics, so
 * each makes customers and orders of its own.
 */
@SpringBootTest(
    classes = PaymentApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.name=payment-service",
      "mall.payment.authorizations.sweep-every=200ms",
      "mall.two-phase.ask-after=3s"
    })
@Import({CountStatements.class, SentReplies.class, SentEvents.class, UnreadableReplies.class})
abstract class PaymentServiceTests {

  static final TestDatabase DATABASE = TestDatabase.create("payment");

  private static final AtomicLong NUMBERS = new AtomicLong(1_000);

  @Autowired HandlePaymentCommands payments;
  @Autowired DepositMoney deposits;
  @Autowired FindWallets wallets;
  @Autowired JdbcClient jdbc;
  @Autowired SentReplies replies;
  @Autowired SentEvents events;
  @Autowired UnreadableReplies unreadable;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    Infrastructure.register(registry, DATABASE);
  }

  static long anOrder() {
    return NUMBERS.incrementAndGet();
  }

  static String aCustomer() {
    return "customer-" + NUMBERS.incrementAndGet();
  }

  String aCustomerWith(Money balance) {
    var customer = aCustomer();
    deposit(customer, balance);
    return customer;
  }

  void deposit(String customer, Money amount) {
    deposits.handle(new MakeDeposit(customer, amount, null));
  }

  Money balanceOf(String customer) {
    return wallets.wallet(customer).orElseThrow().balance();
  }

  void handle(PaymentCommand... batch) {
    handle(List.of(batch));
  }

  void handle(List<PaymentCommand> batch) {
    payments.handle(batch.stream().map(SentCommands::received).toList());
  }

  static ChargePayment charge(long orderId, String customer, Money total) {
    return charge(orderId, 1, customer, total);
  }

  static ChargePayment charge(long orderId, int round, String customer, Money total) {
    return new ChargePayment(
        new StepKey(orderId, "pay", round),
        customer,
        total.minor(),
        total.currency().getCurrencyCode(),
        PaymentMethod.WALLET);
  }

  static RefundPayment refund(long orderId) {
    return new RefundPayment(new StepKey(orderId, "refund", 1));
  }

  static AuthorizePayment authorize(long orderId, String customer, Money total) {
    return new AuthorizePayment(
        new StepKey(orderId, "authorize", 1),
        customer,
        total.minor(),
        total.currency().getCurrencyCode(),
        PaymentMethod.WALLET);
  }

  static CapturePayment capture(long orderId, Money total) {
    return capture(orderId, 1, total);
  }

  static CapturePayment capture(long orderId, int round, Money total) {
    return new CapturePayment(
        new StepKey(orderId, "capture", round), total.minor(), total.currency().getCurrencyCode());
  }

  static VoidPayment release(long orderId) {
    return new VoidPayment(new StepKey(orderId, "void", 1));
  }

  static Money euro(long minor) {
    return Money.of(minor, "EUR");
  }
}
