package dev.mall.lab.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.consensus.cluster.StoreClient.Found;
import dev.mall.lab.history.HistoryRecorder;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of a schedule, as the judges of this chapter see them. */
class KeyCallTest {

  private final HistoryRecorder recorder = new HistoryRecorder();

  @BeforeEach
  void addNode() {
    recorder.node("client");
  }

  @Test
  void aReadOfTheLastWriteIsExplained() {
    made(KeyCall.put("x", "1", true));
    made(KeyCall.got("x", found("1")));

    assertThat(KeyCall.misfits(recorder.history())).isEmpty();
  }

  @Test
  void aReadOfAnOlderWriteIsNot() {
    made(KeyCall.put("x", "1", true));
    made(KeyCall.put("x", "2", true));
    made(KeyCall.got("x", found("1")));
    made(KeyCall.got("x", found("2")));

    assertThat(KeyCall.misfits(recorder.history()))
        .extracting(fact -> fact.event().number())
        .containsExactly(3);
  }

  @Test
  void aWriteWithoutAnAnswerMayBeSeenOrNot() {
    made(KeyCall.put("x", "1", false));
    made(KeyCall.got("x", found(null)));
    made(KeyCall.got("x", found("1")));

    assertThat(KeyCall.misfits(recorder.history())).isEmpty();
  }

  @Test
  void aReadWithoutAnAnswerExplainsItself() {
    made(KeyCall.put("x", "1", true));
    made(KeyCall.got("x", Optional.empty()));

    assertThat(KeyCall.misfits(recorder.history())).isEmpty();
  }

  @Test
  void labelsSayTheAnswer() {
    assertThat(KeyCall.put("x", "1", true)).hasToString("acknowledged");
    assertThat(KeyCall.put("x", "1", false)).hasToString("no answer");
    assertThat(KeyCall.got("x", found("1"))).hasToString("1");
    assertThat(KeyCall.got("x", found(null))).hasToString("nothing");
    assertThat(KeyCall.got("x", Optional.empty())).hasToString("no answer");
    assertThat(KeyCall.putIfAbsent("x", "1", Optional.of(false)))
        .hasToString("refused: it has another value");
  }

  private static Optional<Found> found(String value) {
    return Optional.of(new Found(Optional.ofNullable(value)));
  }

  private void made(KeyCall call) {
    recorder.event("client", call.text(), call);
  }
}
