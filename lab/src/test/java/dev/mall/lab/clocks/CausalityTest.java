package dev.mall.lab.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.history.History;
import dev.mall.lab.history.HistoryRecorder;
import org.junit.jupiter.api.Test;

class CausalityTest {

  @Test
  void followsProcessesAndMessages() {
    var recorder = new HistoryRecorder();
    recorder.node("a");
    recorder.node("b");
    recorder.node("c");
    recorder.event("a", "works", null);
    recorder.event("a", "sends", null);
    recorder.event("c", "works", null);
    recorder.event("b", "receives", null);
    recorder.event("a", "works", null);
    recorder.message("a", 2, "b", 4);
    recorder.message("c", 3, "b", History.Message.LOST);

    var history = recorder.history();
    var causality = Causality.of(history);

    assertThat(causality.precedes(event(history, 1), event(history, 4))).isTrue();
    assertThat(causality.precedes(event(history, 4), event(history, 1))).isFalse();
    assertThat(causality.precedes(event(history, 3), event(history, 4))).isFalse();
    assertThat(causality.areConcurrent(event(history, 4), event(history, 5))).isTrue();
    assertThat(causality.areConcurrent(event(history, 2), event(history, 2))).isFalse();
  }

  private static History.Event event(History history, int number) {
    return history.events().get(number - 1);
  }
}
