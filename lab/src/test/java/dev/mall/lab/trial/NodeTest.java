package dev.mall.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.lab.history.History.Event;
import dev.mall.lab.history.History.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTest {

  private final Servers servers = new Servers();
  private final Trial trial = new Trial(servers, 1);
  private final Node a = trial.node("a");
  private final Node b = trial.node("b");

  @AfterEach
  void close() throws Exception {
    trial.close();
    servers.close();
  }

  @Test
  void stepsAreEventsWithTheirResults() {
    int result = a.step("counts", () -> 3);
    a.step("rests", () -> {});

    assertThat(result).isEqualTo(3);
    assertThat(trial.history().events())
        .containsExactly(new Event(1, "a", "counts → 3", 3), new Event(2, "a", "rests", null));
    assertThat(trial.history().schedule()).containsExactly("a: counts", "a: rests");
  }

  @Test
  void stepsRunOnTheThreadOfTheirNode() {
    var first = a.step("thread", Thread::currentThread);
    var second = a.call(b, "thread", Thread::currentThread);
    var other = b.step("thread", Thread::currentThread);

    assertThat(first).isSameAs(second).isNotSameAs(other);
    assertThat(first.getName()).isEqualTo("a");
  }

  @Test
  void callsAreDrawnToTheOtherNode() {
    a.call(b, "asks", () -> "yes");

    assertThat(trial.history().messages()).containsExactly(new Message("a", 1, "b", 1));
  }

  @Test
  void aStepThatWasBegunIsOvertaken() {
    var free = new CountDownLatch(1);
    var waiting =
        a.begin(
            "waits",
            () -> {
              free.await();
              return "got it";
            });
    b.step("frees", free::countDown);

    assertThat(waiting.end()).isEqualTo("got it");
    assertThat(trial.history().events())
        .extracting(Event::label)
        .containsExactly("waits …", "frees", "waits → got it");
  }

  @Test
  void aStepStandsAtAGate() throws Exception {
    var log = new ArrayList<String>();
    var gate = new Gate();
    var passing =
        a.begin(
            "passes",
            () -> {
              log.add("before");
              gate.pass();
              log.add("after");
              return "done";
            });
    gate.awaitReached();
    log.add("meanwhile");
    gate.open();
    passing.end();

    assertThat(log).containsExactly("before", "meanwhile", "after");
  }

  @Test
  void aFailedStepIsNamed() {
    assertThatThrownBy(() ->
            a.step(
                "divides",
                () -> {
                  throw new ArithmeticException("by zero");
                }))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("a: divides: java.lang.ArithmeticException: by zero")
        .hasCauseInstanceOf(ArithmeticException.class);
  }

  @Test
  void aPausedNodeTakesNoStep() {
    a.pause("garbage collection");

    assertThatThrownBy(() -> a.step("writes", () -> {})).hasMessage("a is PAUSED: writes");

    a.resume();
    a.step("writes", () -> {});
  }

  @Test
  void aCrashedNodeTakesNoStepAndHoldsNothing() {
    a.step("takes the lock", () -> {});
    a.hold();
    a.crash("power cut");

    assertThatThrownBy(() -> a.step("writes", () -> {})).hasMessage("a is DOWN: writes");

    a.restart("empty");
    a.step("writes", () -> {});
    assertThat(trial.history().spans())
        .extracting(span -> span.condition() + " " + span.from() + "-" + span.to())
        .containsExactlyInAnyOrder("HOLDS 1-2", "DOWN 2-3");
  }

  @Test
  void messagesArriveLateTwiceOrNever() {
    var late = a.send(b, "sends 1", 1);
    var lost = a.send(b, "sends 2", 2);
    lost.drop();
    late.arrive("receives", number -> number + 10);
    late.arrive("receives again", number -> number + 20);

    assertThat(trial.history().messages())
        .containsExactly(
            new Message("a", 2, "b", Message.LOST),
            new Message("a", 1, "b", 3),
            new Message("a", 1, "b", 4));
    assertThat(trial.history().facts(Integer.class))
        .extracting(fact -> fact.value())
        .containsExactly(1, 2, 11, 21);
  }

  @Test
  void aSeedGivesTheSameNumbers() throws Exception {
    try (var same = new Trial(servers, 1);
        var other = new Trial(servers, 2)) {
      var numbers = trial.random().ints(5).boxed().toList();

      assertThat(same.random().ints(5).boxed().toList()).isEqualTo(numbers);
      assertThat(other.random().ints(5).boxed().toList()).isNotEqualTo(numbers);
    }
  }

  @Test
  void whatWasOpenedIsClosedNewestFirstAlsoAfterAFailure() {
    var closed = new ArrayList<String>();
    var failing = new Trial(servers, 1);
    failing.<AutoCloseable>opened(() -> closed.add("first"));
    failing.<AutoCloseable>opened(() -> {
      throw new IllegalStateException("stuck");
    });
    failing.<AutoCloseable>opened(() -> closed.add("last"));

    assertThatThrownBy(failing::close).hasMessageContaining("stuck");
    assertThat(closed).isEqualTo(List.of("last", "first"));
  }

  @Test
  void clocksStandStillUntilTheyAreSet() {
    var clock = new ManualClock();
    var start = clock.instant();

    clock.advance(Duration.ofSeconds(3));
    assertThat(clock.instant()).isEqualTo(start.plusSeconds(3));

    clock.advance(Duration.ofSeconds(-5));
    assertThat(clock.instant()).isEqualTo(start.minusSeconds(2));
  }
}
