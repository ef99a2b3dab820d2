package dev.mall.saga.engine.definition;

import static dev.mall.saga.engine.definition.Step.Kind.COMPENSATABLE;

import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One version of a saga: the forward steps, the compensation of each, and the steps that follow the
 * compensations.
 *
 * @param <E> the event that starts it
 */
public final class SagaDefinition<E extends Event> {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,99}");

  private final DefinitionId id;
  private final StartEvent<E> startedBy;
  private final Function<Reply, Verdict> verdict;
  private final List<Step<E>> steps;
  private final List<Step<E>> afterCompensation;
  private final CallOff callOff;

  SagaDefinition(
      DefinitionId id,
      StartEvent<E> startedBy,
      Function<Reply, Verdict> verdict,
      List<Step<E>> steps,
      List<Step<E>> afterCompensation,
      CallOff callOff) {
    this.id = id;
    this.startedBy = startedBy;
    this.verdict = verdict;
    this.steps = List.copyOf(steps);
    this.afterCompensation = List.copyOf(afterCompensation);
    this.callOff = callOff;
    validate();
  }

  /**
   * Begins the definition of a saga.
   *
   * @param version counts from 1; a saga that started with one version ends with it
   * @param verdict the meaning of each reply, whichever step it answers
   */
  public static <E extends Event> SagaBuilder<E> saga(
      String name, int version, Class<E> startedBy, Function<Reply, Verdict> verdict) {
    return new SagaBuilder<>(new DefinitionId(name, version), startedBy, verdict);
  }

  public DefinitionId id() {
    return id;
  }

  public Class<E> startedBy() {
    return startedBy.type();
  }

  /** The events that start it. */
  StartEvent<E> startEvent() {
    return startedBy;
  }

  public Verdict verdictOn(Reply reply) {
    return verdict.apply(reply);
  }

  /** The reason for which a saga fails when an operator cancels it. */
  public String cancelledByOperatorAs() {
    return callOff.byOperator();
  }

  /** The event that calls a saga off, if there is one. */
  Optional<Class<? extends Event>> calledOffBy() {
    return Optional.ofNullable(callOff.event());
  }

  /** The reason for which a saga fails when {@code event} calls it off; empty if it does not. */
  public Optional<String> callOffReason(Event event) {
    return calledOffBy().filter(type -> type.isInstance(event)).map(_ -> callOff.byEvent());
  }

  /** The forward steps. */
  public List<Step<E>> steps() {
    return steps;
  }

  /** The steps that follow once everything is compensated. */
  public List<Step<E>> afterCompensation() {
    return afterCompensation;
  }

  /** The names of all steps in order: those forward, then those back. */
  public List<String> stepNames() {
    return Stream.of(steps.stream(), compensations(), afterCompensation.stream())
        .flatMap(Function.identity())
        .map(Step::name)
        .distinct()
        .toList();
  }

  private Stream<Step<E>> compensations() {
    return steps.reversed().stream().flatMap(step -> Stream.ofNullable(step.compensatedBy()));
  }

  private void validate() {
    var kinds = steps.stream().map(Step::kind).toList();
    require(
        !steps.isEmpty()
            && steps.stream().anyMatch(Step::mayBeRefused) != afterCompensation.isEmpty(),
        "steps are needed, and an end of compensation if one may be refused");
    require(kinds.equals(kinds.stream().sorted().toList()), "compensatable, pivot, retriable");
    require(kinds.stream().filter(Step.Kind.PIVOT::equals).count() <= 1, "one pivot at most");
    require(
        steps.stream().allMatch(step -> step.kind() == COMPENSATABLE == (step.patience() != null)),
        "compensatable steps, and no others, are given up after a time");
    // A name is half of the key under which participants store their reply.
    distinct(steps.stream());
    distinct(
        Stream.of(
                steps.stream().filter(Step::mayBeRefused),
                compensations(),
                afterCompensation.stream())
            .flatMap(Function.identity()));
  }

  private void distinct(Stream<Step<E>> together) {
    var seen = new HashSet<String>();
    together.forEach(step -> {
      require(NAME.matcher(step.name()).matches(), "no step can be named " + step.name());
      require(seen.add(step.name()), "two steps named " + step.name());
    });
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("%s: %s".formatted(id, what));
    }
  }
}
