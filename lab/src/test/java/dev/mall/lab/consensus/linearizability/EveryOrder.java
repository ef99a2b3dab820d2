package dev.mall.lab.consensus.linearizability;

import dev.mall.lab.consensus.linearizability.KeyedValues.Got;
import dev.mall.lab.consensus.linearizability.KeyedValues.Operation;
import dev.mall.lab.consensus.linearizability.KeyedValues.Put;
import dev.mall.lab.consensus.linearizability.KeyedValues.PutIfAbsent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries all orders of all calls, with and without each that was not answered. */
final class EveryOrder {

  private EveryOrder() {}

  static boolean explains(List<ClientCall<Operation>> calls) {
    return explains(new ArrayList<>(), calls);
  }

  private static boolean explains(
      List<ClientCall<Operation>> order, List<ClientCall<Operation>> rest) {
    if (rest.stream().noneMatch(ClientCall::isAnswered) && isPossible(order)) {
      return true;
    }
    for (var next : rest) {
      var longer = new ArrayList<>(order);
      longer.add(next);
      var others = new ArrayList<>(rest);
      others.remove(next);
      if (explains(longer, others)) {
        return true;
      }
    }
    return false;
  }

  /** Whether no call comes behind one that it precedes, and a store would answer so. */
  static boolean isPossible(List<ClientCall<Operation>> order) {
    String value = null;
    for (int i = 0; i < order.size(); i++) {
      var call = order.get(i);
      if (order.subList(0, i).stream().anyMatch(call::precedes)) {
        return false;
      }
      switch (call.operation()) {
        case Got got -> {
          if (!got.value().equals(Optional.ofNullable(value))) {
            return false;
          }
        }
        case Put put -> value = put.value();
        case PutIfAbsent put -> {
          if (put.done().isPresent() && put.done().get() != (value == null)) {
            return false;
          }
          value = value == null ? put.value() : value;
        }
      }
    }
    return true;
  }
}
