package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Event;
import dev.mall.contracts.OrderEvent.OrderCancelled;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.OrderEvent.ReturnRequested;
import dev.mall.contracts.values.CancelReason;
import dev.mall.example.ReplacementSaga;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.SagaDefinition;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Each saga that is declared as a bean ends completely under loss, repetition and interference. */
class EverySagaPropertyTest {

  private static final int SAGAS = 4;
  private static final long SEEDS = 300;

  @ComponentScan(basePackageClasses = PlaceOrderSaga.class)
  @ConfigurationPropertiesScan(basePackageClasses = PlaceOrderSaga.class)
  @Import(ReplacementSaga.class)
  private static final class Declared {}

  static Stream<SagaDefinition<?>> definitions() {
    var found = new HashMap<String, SagaDefinition<?>>();
    new ApplicationContextRunner()
        .withUserConfiguration(Declared.class)
        .run(context ->
            context
                .getBeansOfType(Saga.class)
                .forEach((_, saga) ->
                    ((Saga<?>) saga)
                        .versions()
                        .forEach(version -> found.put(version.id().toString(), version))));
    assertThat(found).hasSizeGreaterThanOrEqualTo(2);
    return found.values().stream();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  <E extends Event> void endsCompletely(SagaDefinition<E> definition) {
    var ends = new EnumMap<SagaState, Integer>(SagaState.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      run(definition, seed, ends);
    }

    assertThat(ends)
        .containsOnlyKeys(
            definition.afterCompensation().isEmpty()
                ? EnumSet.of(SagaState.COMPLETED)
                : EnumSet.of(SagaState.COMPLETED, SagaState.COMPENSATED));
    assertThat(ends.values()).allMatch(count -> count > SEEDS / 10);
  }

  private static <E extends Event> void run(
      SagaDefinition<E> definition, long seed, Map<SagaState, Integer> ends) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var rules = new HashMap<Long, DefinitionRules>();
    try {
      var world =
          new PropertyWorld<>(
              random,
              definition,
              LongStream.rangeClosed(1, SAGAS).mapToObj(id -> event(definition, id)).toList(),
              services(random, definition),
              id -> rules.computeIfAbsent(id, _ -> new DefinitionRules(definition)));
      world.storm(random.nextInt(300));
      world.calm();
      world
          .sagas()
          .forEach(saga -> {
            assertThat(saga.condition().parked()).isNull();
            rules.get(saga.id()).endedAs(saga.state());
            ends.merge(saga.state(), 1, Integer::sum);
          });
    } catch (AssertionError wrong) {
      throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
    }
  }

  /** A return begins with an order that was confirmed. */
  private static Participants services(RandomGenerator random, SagaDefinition<?> definition) {
    var services =
        new Participants(random.nextLong(2 * SAGAS + 2), random.nextLong(2_000 * SAGAS + 1));
    if (definition.startedBy() == ReturnRequested.class) {
      LongStream.rangeClosed(1, SAGAS).mapToObj(Replies::anOrder).forEach(services::confirmed);
    }
    return services;
  }

  private static <E extends Event> E event(SagaDefinition<E> definition, long id) {
    return Stream.of(
            Replies.anOrder(id),
            new OrderConfirmed(id),
            new ReturnRequested(id, "ada", 2_000, "EUR"),
            new OrderCancelled(id, CancelReason.OPERATOR))
        .filter(definition.startedBy()::isInstance)
        .map(definition.startedBy()::cast)
        .findFirst()
        .orElseThrow();
  }
}
