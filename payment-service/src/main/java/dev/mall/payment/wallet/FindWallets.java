package dev.mall.payment.wallet;

import dev.mall.payment.ledger.LedgerTransaction;
import dev.mall.payment.ledger.Wallet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows customers their wallets. */
@Service
@Transactional(readOnly = true)
public class FindWallets {

  private final WalletBalances wallets;
  private final LedgerEntries entries;
  private final Deposits deposits;

  FindWallets(WalletBalances wallets, LedgerEntries entries, Deposits deposits) {
    this.wallets = wallets;
    this.entries = entries;
    this.deposits = deposits;
  }

  public Optional<Wallet> wallet(String customerId) {
    return wallets.findById(customerId).map(WalletBalance::wallet);
  }

  public Optional<DepositReceipt> deposit(String customerId, UUID depositId) {
    return deposits.findByCustomerIdAndId(customerId, depositId).map(Deposit::receipt);
  }

  /**
   * The wallet's lines, newest first.
   *
   * @param before older than the line of this number
   * @return at most {@code limit} lines; empty if there is no such wallet
   */
  public List<StatementLine> statement(String customerId, long before, int limit) {
    return entries
        .ofWallet(LedgerTransaction.walletOf(customerId), before, Limit.of(limit))
        .stream()
        .map(LedgerEntry::line)
        .toList();
  }
}
