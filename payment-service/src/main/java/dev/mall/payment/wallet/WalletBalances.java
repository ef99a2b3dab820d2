package dev.mall.payment.wallet;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface WalletBalances extends Repository<WalletBalance, String> {

  Optional<WalletBalance> findById(String customerId);
}
