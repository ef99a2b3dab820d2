package dev.mall.order.place;

import dev.mall.identifiers.IdGenerator;
import dev.mall.messaging.batch.BatchHandler;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.Order;
import dev.mall.order.OrderRefused;
import dev.mall.order.place.Placement.Accepted;
import dev.mall.order.place.Placement.Refused;
import dev.mall.order.place.PlacementRules.KnownRequest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places the orders of a batch of requests, in one transaction and a fixed number of statements.
 */
@Service
public class PlaceOrders implements BatchHandler<PlaceOrder, Placement> {

  /** PostgreSQL's SQLSTATE for a lock that was not available within the lock timeout. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final PlacementStore store;
  private final Admission admission;
  private final Outbox outbox;
  private final IdGenerator ids;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  PlaceOrders(
      PlacementStore store,
      Admission admission,
      Outbox outbox,
      IdGenerator ids,
      Clock clock,
      ApplicationEventPublisher events) {
    this.store = store;
    this.admission = admission;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Decides on each request; the refusal of one does not affect the others.
   *
   * @throws DataAccessException with SQLSTATE 55P03 if a concurrent transaction holds the key of a
   *     request for long; nothing has happened then
   * @throws dev.mall.identifiers.IdsUnavailable if there are no ids; nothing has happened then
   */
  @Override
  @Transactional
  public List<Placement> handle(List<PlaceOrder> batch) {
    var known = store.known(keysOf(batch));
    var prices = store.prices(skusOf(batch));
    var refusals = admission.refusals(customersOf(batch));
    var numbers = ids.next(batch.size());
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);

    var placements = PlacementRules.decide(batch, numbers, known, prices, refusals, now);
    var lost = claim(batch, placements);
    if (!lost.isEmpty()) {
      var faster = store.known(lost);
      StaleWriteException.unless(lost.size(), faster.size(), "keys of faster requests");
      known.putAll(faster);
      placements = PlacementRules.decide(batch, numbers, known, prices, refusals, now);
    }

    var answered = new RequestsAnswered(placements);
    store.insert(answered.placed(), now);
    outbox.append(answered.placed().stream().map(Order::announcement).toList());
    events.publishEvent(answered);
    return placements;
  }

  /** Claims the keys of new orders, and returns those that concurrent requests have claimed. */
  private Set<RequestKey> claim(List<PlaceOrder> batch, List<Placement> placements) {
    var wanted = new LinkedHashMap<RequestKey, KnownRequest>();
    for (int i = 0; i < batch.size(); i++) {
      var request = batch.get(i);
      if (request.key() != null
          && placements.get(i) instanceof Accepted(var order, var isNew)
          && isNew) {
        wanted.put(request.key(), new KnownRequest(request.fingerprint(), order));
      }
    }
    if (!wanted.isEmpty()) {
      wanted.keySet().removeAll(store.claim(wanted));
    }
    return wanted.keySet();
  }

  @Override
  public Placement shed(PlaceOrder request) {
    return refuse(new OrderRefused.Overrun());
  }

  /** Unlike a database outage, a key that is locked elsewhere need not delay the other requests. */
  @Override
  public boolean isolates(RuntimeException failure) {
    return switch (failure) {
      case DataIntegrityViolationException _ -> true;
      case DataAccessException _, TransactionException _ -> isLockTimeout(failure);
      default -> true;
    };
  }

  @Override
  public Optional<Placement> failed(PlaceOrder request, RuntimeException failure) {
    return request.key() != null && isLockTimeout(failure)
        ? Optional.of(refuse(new OrderRefused.KeyBusy()))
        : Optional.empty();
  }

  /** One second is spent on a locked key, however many requests of the batch have it. */
  @Override
  public boolean blocks(PlaceOrder failed, RuntimeException failure, PlaceOrder next) {
    return failed.key() != null && failed.key().equals(next.key()) && isLockTimeout(failure);
  }

  private Placement refuse(OrderRefused why) {
    var refused = new Refused(why);
    events.publishEvent(new RequestsAnswered(List.of(refused)));
    return refused;
  }

  private static boolean isLockTimeout(RuntimeException failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
        && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
  }

  private static Collection<RequestKey> keysOf(List<PlaceOrder> batch) {
    return batch.stream().map(PlaceOrder::key).filter(Objects::nonNull).distinct().toList();
  }

  private static Collection<String> customersOf(List<PlaceOrder> batch) {
    return batch.stream().map(request -> request.details().customerId()).distinct().toList();
  }

  private static Collection<String> skusOf(List<PlaceOrder> batch) {
    return batch.stream()
        .flatMap(request -> request.items().stream())
        .map(PlaceOrder.Item::sku)
        .distinct()
        .toList();
  }
}
