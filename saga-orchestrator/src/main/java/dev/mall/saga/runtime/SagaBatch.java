package dev.mall.saga.runtime;

import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.saga.engine.EngineContext;
import dev.mall.saga.engine.SagaEngine;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Signal.CalledOff;
import dev.mall.saga.engine.Signal.DeadLettered;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.DeadlinePassed;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Resumed;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.engine.Transition;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.saga.runtime.store.StoredSaga;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies many signals to many sagas, one after another. Pure. */
final class SagaBatch {

  private final SagaDefinitions definitions;
  private final Map<Long, SagaInstance> loaded = new HashMap<>();
  private final Set<Long> ended = new HashSet<>();
  private final Set<Long> foreign = new HashSet<>();
  private final Map<Long, SagaInstance> sagas;
  private final EngineContext context;
  private final List<SignalResult> results = new ArrayList<>();
  private final List<SagaSignal> deferred = new ArrayList<>();

  /**
   * @param loaded the sagas concerned, as far as they exist
   */
  SagaBatch(
      SagaDefinitions definitions, Collection<? extends StoredSaga> loaded, EngineContext context) {
    this.definitions = definitions;
    loaded.forEach(this::load);
    this.sagas = new TreeMap<>(this.loaded);
    this.context = context;
  }

  private void load(StoredSaga stored) {
    switch (stored) {
      case StoredSaga.Open(var saga) -> loaded.put(saga.id(), saga);
      case StoredSaga.Ended saga -> ended.add(saga.id());
      case StoredSaga.Foreign saga -> foreign.add(saga.id());
    }
  }

  void take(SagaSignal incoming) {
    take(incoming, false);
  }

  /**
   * The same for what was deferred. No consumer could put it aside as a dead letter: if it fails,
   * its saga is parked.
   */
  void takeUp(SagaSignal incoming) {
    take(incoming, true);
  }

  private void take(SagaSignal incoming, boolean parksIfItFails) {
    if (foreign.contains(incoming.sagaId())) {
      defer(incoming);
    } else if (ended.contains(incoming.sagaId())) {
      results.add(new SignalResult(incoming.sagaId(), incoming.signal(), null, null));
    } else {
      carryOut(incoming, parksIfItFails);
    }
  }

  /** Another announcement of what the saga began with says nothing new, to any release. */
  private void defer(SagaSignal incoming) {
    if (!(incoming.signal() instanceof Started)) {
      deferred.add(incoming);
    }
  }

  private void carryOut(SagaSignal incoming, boolean parksIfItFails) {
    var before = sagas.get(incoming.sagaId());
    var transition = before == null ? first(incoming) : next(before, incoming, parksIfItFails);
    if (transition != null) {
      sagas.put(incoming.sagaId(), transition.saga());
    }
    results.add(new SignalResult(incoming.sagaId(), incoming.signal(), before, transition));
  }

  private @Nullable Transition first(SagaSignal incoming) {
    return incoming.signal() instanceof Started started
        ? SagaEngine.start(
            definitions.startedBy(started.event()), incoming.sagaId(), started, context)
        : null;
  }

  private Transition next(SagaInstance saga, SagaSignal incoming, boolean parksIfItFails) {
    var definition = definitions.named(saga.origin().definition());
    try {
      return SagaEngine.next(definition, saga, incoming.signal(), context);
    } catch (RuntimeException bug) {
      if (parksIfItFails || isTimers(incoming.signal())) {
        return SagaEngine.park(definition, saga, bug.toString(), context);
      }
      throw bug;
    }
  }

  /** A timer has no message that could become a dead letter: it would block all others. */
  private static boolean isTimers(Signal signal) {
    return switch (signal) {
      case DeadlinePassed _, DeadlineExcused _, Resumed _ -> true;
      case Started _, CalledOff _, Replied _, DeadLettered _, Decided _ -> false;
    };
  }

  List<SignalResult> results() {
    return results;
  }

  /** Signals of sagas that this release cannot continue. */
  List<SagaSignal> deferred() {
    return deferred;
  }

  /** Sagas that did not exist before, by id. */
  List<SagaInstance> created() {
    return sagas.values().stream().filter(saga -> !loaded.containsKey(saga.id())).toList();
  }

  /** Sagas that existed and are not as they were, by id. */
  List<SagaInstance> changed() {
    return sagas.values().stream()
        .filter(saga -> loaded.containsKey(saga.id()) && !saga.equals(loaded.get(saga.id())))
        .toList();
  }

  /** The transitions with a timeline entry, in the order they happened. */
  List<Transition> recorded() {
    return transitions().filter(transition -> transition.line() != null).toList();
  }

  /** Commands to send, in the order they were decided. */
  List<OutboundMessage> commands() {
    return transitions().flatMap(t -> Stream.ofNullable(t.command())).toList();
  }

  private Stream<Transition> transitions() {
    return results.stream().flatMap(result -> Stream.ofNullable(result.transition()));
  }
}
