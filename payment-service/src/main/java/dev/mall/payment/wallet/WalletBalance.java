package dev.mall.payment.wallet;

import dev.mall.money.Money;
import dev.mall.payment.ledger.Wallet;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A wallet, to look at. */
@Entity
@Immutable
@Table(name = "wallet")
class WalletBalance {

  @Id private String customerId;
  private String currency;
  private long balanceMinor;

  @SuppressWarnings("NullAway.Init") // for JPA, which fills the fields
  protected WalletBalance() {}

  Wallet wallet() {
    return new Wallet(customerId, Money.of(balanceMinor, currency));
  }
}
