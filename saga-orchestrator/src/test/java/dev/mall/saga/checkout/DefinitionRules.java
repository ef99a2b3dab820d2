package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.Reply;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.Step;
import dev.mall.saga.engine.definition.Verdict.Advance;
import dev.mall.saga.engine.definition.Verdict.Refuse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules that follow from any definition: order of the steps, and complete compensation. */
final class DefinitionRules implements SagaRules {

  private final SagaDefinition<?> definition;
  private final Set<String> sent = new HashSet<>();
  private final Set<String> sentInRounds = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  DefinitionRules(SagaDefinition<?> definition) {
    this.definition = definition;
  }

  @Override
  public void received(Reply reply) {
    var step = reply.step().step();
    switch (definition.verdictOn(reply)) {
      case Advance _ -> done.add(step);
      case Refuse _ -> refused.add(step);
      default -> throw new AssertionError("contradiction: " + reply);
    }
  }

  @Override
  public void sent(Command command) {
    var step = command.step().step();
    assertThat(isNext(step) || undoes(step) || follows(step))
        .as("%s after %s, done %s, refused %s", step, sent, done, refused)
        .isTrue();
    sent.add(step);
    if (command.step().round() > 1) {
      sentInRounds.add(step);
    }
  }

  void endedAs(SagaState state) {
    switch (state) {
      case COMPLETED -> {
        assertThat(done).containsAll(names(definition.steps().stream()));
        assertThat(sent).noneMatch(names(compensations())::contains);
      }
      case COMPENSATED -> {
        assertThat(done).containsAll(names(definition.afterCompensation().stream()));
        assertThat(isUndone(definition.steps())).isTrue();
      }
      case RUNNING, COMPENSATING -> throw new AssertionError("open");
    }
  }

  private boolean isNext(String step) {
    var forward = names(definition.steps().stream());
    return forward.contains(step)
        && done.containsAll(forward.subList(0, forward.indexOf(step)))
        && sent.stream().noneMatch(names(compensations())::contains);
  }

  private boolean undoes(String compensation) {
    var steps = definition.steps();
    return steps.stream()
        .filter(step -> step.compensatedBy() != null)
        .filter(step -> step.compensatedBy().name().equals(compensation))
        .anyMatch(step ->
            sent.contains(step.name())
                && pivotIsNotDone()
                && isUndone(steps.subList(steps.indexOf(step) + 1, steps.size())));
  }

  private boolean follows(String step) {
    var last = names(definition.afterCompensation().stream());
    return last.contains(step)
        && pivotIsNotDone()
        && isUndone(definition.steps())
        && done.containsAll(last.subList(0, last.indexOf(step)));
  }

  private boolean pivotIsNotDone() {
    return definition.steps().stream()
        .filter(step -> step.kind() == Step.Kind.PIVOT)
        .allMatch(pivot -> !sent.contains(pivot.name()) || refused.contains(pivot.name()));
  }

  /** A refusal of one round says nothing about the other rounds. */
  private boolean isUndone(List<? extends Step<?>> steps) {
    return steps.stream()
        .filter(step -> step.compensatedBy() != null && sent.contains(step.name()))
        .allMatch(step ->
            done.contains(step.compensatedBy().name())
                || (refused.contains(step.name()) && !sentInRounds.contains(step.name())));
  }

  private Stream<? extends Step<?>> compensations() {
    return definition.steps().stream().flatMap(step -> Stream.ofNullable(step.compensatedBy()));
  }

  private static List<String> names(Stream<? extends Step<?>> steps) {
    return steps.map(Step::name).toList();
  }
}
