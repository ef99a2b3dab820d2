package dev.mall.payment.wallet;

import dev.mall.money.Money;
import dev.mall.payment.ledger.Ledger;
import dev.mall.payment.ledger.LedgerTransaction;
import dev.mall.payment.ledger.Wallet;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes a customer's money into the wallet, which the first deposit opens. */
@Service
public class DepositMoney {

  /**
   * The most that deposits may fill a wallet to, in minor units. So far below what a {@code long}
   * can count that every refund still fits.
   */
  public static final long MOST_MINOR = 1_000_000_000_000_000L;

  private final Ledger ledger;
  private final Deposits deposits;
  private final EntityManager entities;
  private final Clock clock;

  DepositMoney(Ledger ledger, Deposits deposits, EntityManager entities, Clock clock) {
    this.ledger = ledger;
    this.deposits = deposits;
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * @param replayed whether it was made before under the same key
   */
  public record Deposited(DepositReceipt receipt, boolean replayed) {}

  /**
   * Makes the deposit, or finds the one that was made under the same key. Two racing requests of a
   * customer wait for each other at the wallet's row.
   *
   * @throws WalletRefused with nothing done
   */
  @Transactional
  public Deposited handle(MakeDeposit asked) {
    ledger.open(asked.customerId(), asked.amount().currency());
    var wallet = lockedWalletOf(asked.customerId());

    var earlier = madeUnderKeyOf(asked);
    if (earlier.isPresent()) {
      return new Deposited(repeat(earlier.get(), asked), true);
    }
    return new Deposited(make(asked, wallet).receipt(), false);
  }

  private Deposit make(MakeDeposit asked, Wallet wallet) {
    refuseUnlessItFits(asked.amount(), wallet);
    var id = UUID.randomUUID();
    var transaction = LedgerTransaction.deposit(id, asked.customerId(), asked.amount());
    ledger.post(List.of(transaction));
    var madeAt = clock.instant().truncatedTo(ChronoUnit.MICROS); // as precise as it is stored
    var deposit = new Deposit(id, asked, wallet.after(transaction).balance(), madeAt);
    entities.persist(deposit);
    return deposit;
  }

  private static DepositReceipt repeat(Deposit earlier, MakeDeposit asked) {
    if (!earlier.isOf(asked.amount())) {
      throw new WalletRefused.KeyReused(earlier);
    }
    return earlier.receipt();
  }

  private static void refuseUnlessItFits(Money amount, Wallet wallet) {
    if (!wallet.isKeptIn(amount.currency())) {
      throw new WalletRefused.OtherCurrency(wallet.balance().currency());
    }
    var most = new Money(MOST_MINOR, amount.currency());
    if (most.minus(wallet.balance()).isLessThan(amount)) {
      throw new WalletRefused.WalletFull(wallet, most);
    }
  }

  private Optional<Deposit> madeUnderKeyOf(MakeDeposit asked) {
    return Optional.ofNullable(asked.idempotencyKey())
        .flatMap(key -> deposits.findByCustomerIdAndIdempotencyKey(asked.customerId(), key));
  }

  private Wallet lockedWalletOf(String customerId) {
    return Objects.requireNonNull(ledger.locked(Set.of(customerId)).get(customerId));
  }
}
