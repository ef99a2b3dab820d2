package dev.mall.payment.wallet;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface Deposits extends Repository<Deposit, UUID> {

  Optional<Deposit> findByCustomerIdAndIdempotencyKey(String customerId, String idempotencyKey);

  Optional<Deposit> findByCustomerIdAndId(String customerId, UUID id);
}
