package dev.mall.lab.consensus;

import dev.mall.lab.consensus.cluster.StoreClient.Found;
import dev.mall.lab.consensus.linearizability.ClientCall;
import dev.mall.lab.consensus.linearizability.KeyedValues;
import dev.mall.lab.consensus.linearizability.KeyedValues.Got;
import dev.mall.lab.consensus.linearizability.KeyedValues.Operation;
import dev.mall.lab.consensus.linearizability.KeyedValues.Put;
import dev.mall.lab.consensus.linearizability.KeyedValues.PutIfAbsent;
import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A call on a key as the fact of a step.
 *
 * @param answered whether the client had an answer; without one the operation may still take effect
 * @param text the answer, for labels
 */
record KeyCall(Operation operation, boolean answered, String text) {

  static KeyCall put(String key, String value, boolean acknowledged) {
    return new KeyCall(
        new Put(key, value), acknowledged, acknowledged ? "acknowledged" : "no answer");
  }

  static KeyCall putIfAbsent(String key, String value, Optional<Boolean> done) {
    return new KeyCall(
        new PutIfAbsent(key, value, done),
        done.isPresent(),
        done.map(it -> it ? "acknowledged" : "refused: it has another value").orElse("no answer"));
  }

  /**
   * @param found empty if no answer came
   */
  static KeyCall got(String key, Optional<Found> found) {
    return new KeyCall(
        new Got(key, found.flatMap(Found::value)),
        found.isPresent(),
        found.map(it -> it.value().orElse("nothing")).orElse("no answer"));
  }

  /**
   * The answered calls of a schedule, which makes one after the other, that do not fit: no store
   * that takes each call in turn would have answered so.
   */
  static List<Fact<KeyCall>> misfits(History history) {
    var facts = history.facts(KeyCall.class);
    var rest = new ArrayList<>(facts.stream().map(KeyCall::clientCall).toList());
    var misfits = new HashSet<ClientCall<Operation>>();
    for (var found = misfit(rest); found.isPresent(); found = misfit(rest)) {
      misfits.add(found.get());
      rest.remove(found.get());
    }
    return facts.stream().filter(fact -> misfits.contains(clientCall(fact))).toList();
  }

  /** The last acknowledged write of a value before a call. */
  static Fact<KeyCall> lastPutBefore(Fact<KeyCall> call, History history) {
    return history.facts(KeyCall.class).stream()
        .filter(other -> other.event().number() < call.event().number())
        .filter(other -> other.value().operation() instanceof Put && other.value().answered())
        .toList()
        .getLast();
  }

  private static Optional<ClientCall<Operation>> misfit(List<ClientCall<Operation>> calls) {
    return KeyedValues.linearized(calls).values().stream()
        .flatMap(found -> found.misfit().stream())
        .findFirst();
  }

  private static ClientCall<Operation> clientCall(Fact<KeyCall> fact) {
    long time = fact.event().number();
    return new ClientCall<>(
        fact.event().node(),
        fact.value().operation(),
        time,
        fact.value().answered() ? time : ClientCall.UNANSWERED);
  }

  @Override
  public String toString() {
    return text;
  }
}
