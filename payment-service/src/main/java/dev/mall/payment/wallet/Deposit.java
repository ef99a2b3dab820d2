package dev.mall.payment.wallet;

import dev.mall.money.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Money a customer brought, under the key the client named it by, if any. */
@Entity
class Deposit {

  @Id private UUID id;
  private String customerId;

  @SuppressWarnings("UnusedVariable") // it is looked for in the database
  private @Nullable String idempotencyKey;

  private long amountMinor;
  private String currency;
  private long balanceMinor;
  private Instant madeAt;

  @SuppressWarnings("NullAway.Init") // for JPA, which fills the fields
  protected Deposit() {}

  Deposit(UUID id, MakeDeposit asked, Money balance, Instant madeAt) {
    this.id = id;
    this.customerId = asked.customerId();
    this.idempotencyKey = asked.idempotencyKey();
    this.amountMinor = asked.amount().minor();
    this.currency = asked.amount().currency().getCurrencyCode();
    this.balanceMinor = balance.minor();
    this.madeAt = madeAt;
  }

  boolean isOf(Money amount) {
    return Money.of(amountMinor, currency).equals(amount);
  }

  DepositReceipt receipt() {
    return new DepositReceipt(
        id, customerId, Money.of(amountMinor, currency), Money.of(balanceMinor, currency), madeAt);
  }
}
