package dev.mall.saga.engine;

import static dev.mall.saga.engine.Step.Kind.COMPENSATABLE;

import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.saga.engine.SagaInstance.DefinitionId;
import dev.mall.saga.engine.SagaInstance.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a kind of saga consists of: the steps forward, how each is undone, and what is left to do
 * once everything was undone.
 *
 * @param <E> the event that starts it
 */
public final class SagaDefinition<E extends Event> {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,99}");

  private final DefinitionId id;
  private final Class<E> startedBy;
  private final Function<Reply, Verdict> verdict;
  private final List<Step<E>> steps;
  private final List<Step<E>> afterwards;
  private final String calledOff;

  SagaDefinition(
      DefinitionId id,
      Class<E> startedBy,
      Function<Reply, Verdict> verdict,
      List<Step<E>> steps,
      List<Step<E>> afterwards,
      String calledOff) {
    this.id = id;
    this.startedBy = startedBy;
    this.verdict = verdict;
    this.steps = List.copyOf(steps);
    this.afterwards = List.copyOf(afterwards);
    this.calledOff = calledOff;
    refuseNonsense();
  }

  /**
   * Begins the definition of a saga.
   *
   * @param verdict what each reply means, whichever step it answers
   * @param version counts from 1; a saga that began with one version ends with it
   */
  public static <E extends Event> SagaBuilder<E> saga(
      String name, int version, Class<E> startedBy, Function<Reply, Verdict> verdict) {
    return new SagaBuilder<>(new DefinitionId(name, version), startedBy, verdict);
  }

  public DefinitionId id() {
    return id;
  }

  public Class<E> startedBy() {
    return startedBy;
  }

  Verdict verdictOn(Reply reply) {
    return verdict.apply(reply);
  }

  /** Why a saga has failed that an operator called off. */
  String calledOff() {
    return calledOff;
  }

  /** Every step that can be asked for, in order: those forward, then those back. */
  public List<String> stepNames() {
    var undoing = steps.reversed().stream().flatMap(step -> Stream.ofNullable(step.undoneBy()));
    return Stream.of(steps.stream(), undoing, afterwards.stream())
        .flatMap(Function.identity())
        .map(Step::name)
        .distinct()
        .toList();
  }

  /** What a saga has still to do, from the step that it waits for on; nothing once it has ended. */
  public List<String> remaining(SagaState state, Progress progress, String step) {
    return state.isOpen()
        ? way(state, progress).stream()
            .map(Step::name)
            .dropWhile(name -> !name.equals(step))
            .toList()
        : List.of();
  }

  boolean knowsTheStepOf(SagaInstance saga) {
    return way(saga).stream().anyMatch(step -> step.name().equals(saga.asking().step()));
  }

  Step<E> first() {
    return steps.getFirst();
  }

  Step<E> current(SagaInstance saga) {
    return way(saga).get(position(saga));
  }

  Optional<Step<E>> afterCurrent(SagaInstance saga) {
    return way(saga).stream().skip(position(saga) + 1L).findFirst();
  }

  /** All that a saga in this state has to do, in order: forward, or newest first back. */
  List<Step<E>> way(SagaInstance saga) {
    return way(saga.state(), saga.progress());
  }

  private List<Step<E>> way(SagaState state, Progress progress) {
    return switch (state) {
      case RUNNING, COMPLETED -> steps;
      case COMPENSATING, COMPENSATED -> wayBack(progress);
    };
  }

  private List<Step<E>> wayBack(Progress progress) {
    var undoing =
        steps.reversed().stream()
            .filter(step ->
                progress.done().contains(step.name()) || progress.inDoubt().contains(step.name()))
            .flatMap(step -> Stream.ofNullable(step.undoneBy()));
    return Stream.concat(undoing, afterwards.stream()).toList();
  }

  private int position(SagaInstance saga) {
    var names = way(saga).stream().map(Step::name).toList();
    int position = names.indexOf(saga.asking().step());
    if (position < 0) {
      throw new IllegalStateException(
          "saga %d is at %s, which is none of %s"
              .formatted(saga.id(), saga.asking().step(), names));
    }
    return position;
  }

  private void refuseNonsense() {
    var kinds = steps.stream().map(Step::kind).toList();
    require(
        !steps.isEmpty() && !afterwards.isEmpty(), "steps and an end of compensation are needed");
    require(kinds.equals(kinds.stream().sorted().toList()), "compensatable, pivot, retriable");
    require(kinds.stream().filter(Step.Kind.PIVOT::equals).count() <= 1, "one pivot at most");
    require(
        steps.stream().allMatch(step -> step.kind() == COMPENSATABLE == (step.patience() != null)),
        "what can be undone is given up some time, and nothing else");
    // A name is half of the key under which participants remember their answer.
    var revocable = steps.stream().filter(Step::mayBeRefused);
    var undoing = steps.stream().flatMap(step -> Stream.ofNullable(step.undoneBy()));
    distinct(steps.stream());
    distinct(Stream.of(revocable, undoing, afterwards.stream()).flatMap(Function.identity()));
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
