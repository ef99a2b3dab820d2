package dev.mall.order.place;

import dev.mall.order.OrderMetrics;
import dev.mall.order.OrderRefused;
import dev.mall.order.place.Placement.Accepted;
import dev.mall.order.place.Placement.Refused;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Answers each of the requests that were gathered, also when their transaction fails. */
@Component
class TakeRequests {

  /** PostgreSQL's SQLSTATE for a lock that could not be had in time. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final PlaceOrders orders;
  private final Admission admission;
  private final OrderMetrics metrics;

  TakeRequests(PlaceOrders orders, Admission admission, OrderMetrics metrics) {
    this.orders = orders;
    this.admission = admission;
    this.metrics = metrics;
  }

  void take(List<PendingRequest> batch) {
    try {
      place(batch);
    } catch (RuntimeException failure) {
      if (oneIsToBlame(failure)) {
        takeAlone(batch);
      } else {
        batch.forEach(pending -> pending.fail(failure));
      }
    }
  }

  private void place(List<PendingRequest> batch) {
    var placements = orders.place(batch.stream().map(PendingRequest::request).toList());
    int placed = (int) placements.stream().filter(TakeRequests::isNew).count();
    admission.admitted(placed);
    metrics.taken(batch.size(), placed);
    for (int i = 0; i < batch.size(); i++) {
      answer(batch.get(i), placements.get(i));
    }
  }

  private static boolean isNew(Placement placement) {
    return placement instanceof Accepted(_, var isNew) && isNew;
  }

  private void answer(PendingRequest pending, Placement placement) {
    if (placement instanceof Refused(var why)) {
      metrics.refused(why);
    }
    pending.answer(placement);
  }

  /** One after another, so that only the one to blame fails; no key is waited for twice. */
  private void takeAlone(List<PendingRequest> batch) {
    var busy = new HashSet<@Nullable RequestKey>();
    for (var pending : batch) {
      var key = pending.request().key();
      if (busy.contains(key)) {
        answer(pending, new Refused(new OrderRefused.KeyBusy()));
      } else if (pending.isAwaited()) {
        try {
          place(List.of(pending));
        } catch (RuntimeException failure) {
          if (key != null && isLockTimeout(failure)) {
            busy.add(key);
            answer(pending, new Refused(new OrderRefused.KeyBusy()));
          } else {
            pending.fail(failure);
          }
        }
      }
    }
  }

  /** Unlike a database that is away, a key that is busy elsewhere need not hold up the others. */
  private static boolean oneIsToBlame(RuntimeException failure) {
    return switch (failure) {
      case DataIntegrityViolationException _ -> true;
      case DataAccessException _, TransactionException _ -> isLockTimeout(failure);
      default -> true;
    };
  }

  private static boolean isLockTimeout(RuntimeException failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
        && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
  }
}
