package dev.mall.saga.runtime;

import dev.mall.messaging.Outgoing;
import dev.mall.saga.engine.Conditions;
import dev.mall.saga.engine.SagaEngine;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal.DeadLettered;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.DeadlinePassed;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Resumed;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.engine.TimelineLine;
import dev.mall.saga.engine.Transition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What many signals make of many sagas, one after another. Pure. */
final class SagaBatch {

  private final SagaDefinitions definitions;
  private final Map<Long, SagaInstance> loaded;
  private final Map<Long, SagaInstance> sagas;
  private final Conditions conditions;
  private final List<Happening> happenings = new ArrayList<>();

  /**
   * @param loaded the sagas concerned, as far as they exist
   */
  SagaBatch(SagaDefinitions definitions, Collection<SagaInstance> loaded, Conditions conditions) {
    this.definitions = definitions;
    this.loaded = loaded.stream().collect(Collectors.toMap(SagaInstance::id, Function.identity()));
    this.sagas = new TreeMap<>(this.loaded);
    this.conditions = conditions;
  }

  void take(Incoming incoming) {
    var before = sagas.get(incoming.sagaId());
    var transition = before == null ? first(incoming) : next(before, incoming);
    if (transition != null) {
      sagas.put(incoming.sagaId(), transition.saga());
    }
    happenings.add(new Happening(incoming.sagaId(), incoming.signal(), before, transition));
  }

  private @Nullable Transition first(Incoming incoming) {
    return incoming.signal() instanceof Started started
        ? SagaEngine.start(
            definitions.startedBy(started.event()), incoming.sagaId(), started, conditions)
        : null;
  }

  private Transition next(SagaInstance saga, Incoming incoming) {
    var definition = definitions.named(saga.origin().definition());
    try {
      return SagaEngine.next(definition, saga, incoming.signal(), conditions);
    } catch (RuntimeException bug) {
      return switch (incoming.signal()) {
        // There is no message to put aside: it would hold up all others for ever.
        case DeadlinePassed _, DeadlineExcused _, Resumed _ ->
            SagaEngine.park(definition, saga, bug.toString(), conditions);
        case Started _, Replied _, DeadLettered _, Decided _ -> throw bug;
      };
    }
  }

  List<Happening> happenings() {
    return happenings;
  }

  /** Sagas that did not exist before, by id. */
  List<SagaInstance> born() {
    return sagas.values().stream().filter(saga -> !loaded.containsKey(saga.id())).toList();
  }

  /** Sagas that existed and are not as they were, by id. */
  List<SagaInstance> changed() {
    return sagas.values().stream()
        .filter(saga -> loaded.containsKey(saga.id()) && !saga.equals(loaded.get(saga.id())))
        .toList();
  }

  /** What to write down, in the order it happened. */
  List<TimelineLine> lines() {
    return transitions().flatMap(t -> Stream.ofNullable(t.line())).toList();
  }

  /** What to send, in the order it was decided. */
  List<Outgoing> commands() {
    return transitions().flatMap(t -> Stream.ofNullable(t.command())).toList();
  }

  private Stream<Transition> transitions() {
    return happenings.stream().flatMap(happening -> Stream.ofNullable(happening.transition()));
  }
}
