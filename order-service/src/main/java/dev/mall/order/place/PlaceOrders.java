package dev.mall.order.place;

import dev.mall.identifiers.IdGenerator;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.order.NewOrders;
import dev.mall.order.Order;
import dev.mall.order.catalogue.UpdateCatalogue;
import dev.mall.order.place.Placement.Accepted;
import dev.mall.order.place.Placement.Refused;
import dev.mall.order.place.PlacementRules.Decision;
import dev.mall.order.place.PlacementRules.KnownRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the requests that arrived together, in one transaction and a fixed number of statements.
 */
@Service
public class PlaceOrders {

  private final RequestKeys keys;
  private final UpdateCatalogue catalogue;
  private final Admission admission;
  private final NewOrders orders;
  private final IdGenerator ids;
  private final Clock clock;

  PlaceOrders(
      RequestKeys keys,
      UpdateCatalogue catalogue,
      Admission admission,
      NewOrders orders,
      IdGenerator ids,
      Clock clock) {
    this.keys = keys;
    this.catalogue = catalogue;
    this.admission = admission;
    this.orders = orders;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Decides about each request; a refusal concerns nobody else.
   *
   * @return one placement for each request, in their order
   * @throws org.springframework.dao.DataAccessException with SQLSTATE 55P03 if a request with the
   *     same key is being taken elsewhere and that takes long; nothing has happened then
   * @throws dev.mall.identifiers.IdsUnavailable if there are no ids; nothing has happened then
   */
  @Transactional
  public List<Placement> place(List<PlaceOrder> batch) {
    var known = keys.known(keysOf(batch));
    var products = catalogue.products(skusOf(batch));
    var closed = admission.refusal();
    var numbers = ids.next(batch.size());
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);

    var decisions = PlacementRules.decide(batch, numbers, known, products, closed, now);
    var lost = claim(batch, decisions);
    if (!lost.isEmpty()) {
      var faster = keys.known(lost);
      StaleWriteException.unless(lost.size(), faster.size(), "keys of faster requests");
      known.putAll(faster);
      decisions = PlacementRules.decide(batch, numbers, known, products, closed, now);
    }

    write(batch, decisions, now);
    return placements(decisions);
  }

  /** Claims the keys of what is to be placed, and returns those that somebody else was given. */
  private Set<RequestKey> claim(List<PlaceOrder> batch, List<Decision> decisions) {
    var wanted = new LinkedHashMap<RequestKey, KnownRequest>();
    for (int i = 0; i < batch.size(); i++) {
      var request = batch.get(i);
      if (request.key() != null && decisions.get(i) instanceof Decision.Place(var order)) {
        wanted.put(request.key(), new KnownRequest(request.fingerprint(), order.id()));
      }
    }
    if (!wanted.isEmpty()) {
      wanted.keySet().removeAll(keys.claim(wanted));
    }
    return wanted.keySet();
  }

  private void write(List<PlaceOrder> batch, List<Decision> decisions, Instant now) {
    var placed = new ArrayList<Order>();
    var traceparents = new ArrayList<@Nullable String>();
    for (int i = 0; i < batch.size(); i++) {
      if (decisions.get(i) instanceof Decision.Place(var order)) {
        placed.add(order);
        traceparents.add(batch.get(i).traceparent());
      }
    }
    orders.add(placed, traceparents, now);
  }

  private List<Placement> placements(List<Decision> decisions) {
    var repeated = new HashSet<Long>();
    for (var decision : decisions) {
      if (decision instanceof Decision.Repeat(var id)) {
        repeated.add(id);
      }
    }
    var found = orders.find(repeated);
    return decisions.stream().map(decision -> placement(decision, found)).toList();
  }

  private static Placement placement(Decision decision, Map<Long, Order> found) {
    return switch (decision) {
      case Decision.Place(var order) -> new Accepted(order, true);
      case Decision.Repeat(var id) -> new Accepted(Objects.requireNonNull(found.get(id)), false);
      case Decision.Refuse(var why) -> new Refused(why);
    };
  }

  private static Collection<RequestKey> keysOf(List<PlaceOrder> batch) {
    return batch.stream().map(PlaceOrder::key).filter(Objects::nonNull).distinct().toList();
  }

  private static Collection<String> skusOf(List<PlaceOrder> batch) {
    return batch.stream()
        .flatMap(request -> request.items().stream())
        .map(PlaceOrder.Item::sku)
        .distinct()
        .toList();
  }
}
