package dev.mall.payment.wallet;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface LedgerEntries extends Repository<LedgerEntry, LedgerEntry.Key> {

  /** Newest first. Says that the account is a wallet's, because the index is for those alone. */
  @Query(
      """
      select e from LedgerEntry e
       where e.account = :account and e.account like 'wallet:%' and e.number < :before
       order by e.number desc
      """)
  List<LedgerEntry> ofWallet(String account, long before, Limit limit);
}
