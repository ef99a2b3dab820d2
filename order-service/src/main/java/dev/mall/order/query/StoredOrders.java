package dev.mall.order.query;

import dev.mall.order.OrderStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads orders. */
interface StoredOrders extends Repository<StoredOrder, Long> {

  @Query("select o from StoredOrder o left join fetch o.lines where o.id = :id")
  Optional<StoredOrder> find(long id);

  @Query("select o from StoredOrder o left join fetch o.lines where o.id in :ids order by o.id")
  List<StoredOrder> all(Collection<Long> ids);

  @Query(
      """
      select o from StoredOrder o
       where o.customerId = :customerId and o.id < :before
         and (:status is null or o.status = :status)
         and o.placedAt > :placedAfter and o.placedAt < :placedBefore
       order by o.id desc
      """)
  List<StoredOrder> newest(
      String customerId,
      long before,
      @Nullable OrderStatus status,
      Instant placedAfter,
      Instant placedBefore,
      Limit limit);

  @Query("select o.customerId from StoredOrder o where o.id = :id")
  Optional<String> customerOf(long id);

  @Query("select h from StoredHistoryEntry h where h.orderId = :orderId order by h.number")
  List<StoredHistoryEntry> history(long orderId);
}
