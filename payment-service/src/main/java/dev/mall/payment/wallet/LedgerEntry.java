package dev.mall.payment.wallet;

import dev.mall.money.Money;
import dev.mall.payment.ledger.LedgerTransaction.Kind;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** One side of a ledger transaction, to look at. */
@Entity
@Immutable
@IdClass(LedgerEntry.Key.class)
class LedgerEntry {

  @Id private long number;
  @Id private String account;

  @Enumerated(EnumType.STRING)
  private Kind kind;

  private String reference;
  private long amountMinor;
  private String currency;
  private Instant postedAt;

  @SuppressWarnings("NullAway.Init") // for JPA, which fills the fields
  protected LedgerEntry() {}

  record Key(long number, String account) {}

  StatementLine line() {
    return new StatementLine(number, kind, reference, Money.of(amountMinor, currency), postedAt);
  }
}
