package dev.mall.lab.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.lab.history.History.Condition;
import dev.mall.lab.history.History.Span;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {

  private final HistoryRecorder recorder = new HistoryRecorder();

  @BeforeEach
  void addNode() {
    recorder.node("a");
  }

  @Test
  void keepsFactsWithTheirEvents() {
    recorder.event("a", "one", 1);
    recorder.event("a", "text", "x");
    recorder.event("a", "two", 2);

    var numbers = recorder.history().facts(Integer.class);

    assertThat(numbers).extracting(History.Fact::value).containsExactly(1, 2);
    assertThat(numbers).extracting(fact -> fact.event().number()).containsExactly(1, 3);
  }

  @Test
  void endsConditionsWithTheEventThatEndsThem() {
    recorder.event("a", "takes", null);
    recorder.begin("a", Condition.HOLDS);
    recorder.event("a", "works", null);
    recorder.event("a", "frees", null);
    recorder.end("a", Condition.HOLDS);
    recorder.event("a", "rests", null);

    assertThat(recorder.history().spans()).containsExactly(new Span("a", Condition.HOLDS, 1, 3));
  }

  @Test
  void leavesConditionsOpenToTheEnd() {
    recorder.event("a", "stops", null);
    recorder.begin("a", Condition.DOWN);
    recorder.event("a", "is missed", null);

    assertThat(recorder.history().spans()).containsExactly(new Span("a", Condition.DOWN, 1, 2));
  }

  @Test
  void refusesNodesThatAreNotThereOrTwice() {
    assertThatThrownBy(() -> recorder.event("b", "x", null)).hasMessage("there is no node 'b'");
    assertThatThrownBy(() -> recorder.message("a", 1, "b", 1)).hasMessageContaining("'b'");
    assertThatThrownBy(() -> recorder.node("a")).hasMessageContaining("'a' already");
  }

  @Test
  void violationsNeedAnEventThatProvesThem() {
    assertThatThrownBy(() -> new Violation("it broke", List.of())).hasMessageContaining("it broke");
  }

  @Test
  void violationsCiteTheirEvents() {
    recorder.event("a", "one", 1);
    recorder.event("a", "two", 2);
    var facts = recorder.history().facts(Integer.class);

    assertThat(Violation.of("Two of them", facts.get(0), facts.get(1)).cited())
        .isEqualTo("Two of them (events 1, 2)");
    assertThat(Violation.of("One", facts.get(1)).cited()).isEqualTo("One (event 2)");
  }
}
