package dev.mall.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Event;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.ExperimentRun;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Servers;
import dev.mall.lab.trial.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frame notices an experiment that does not show its claim. */
class ExperimentRunTest {

  private final Servers servers = new Servers();

  @Test
  void isAsClaimedIfOnlyTheNaiveHalfFails() throws Exception {
    assertThat(contradictions(new Sums(3, 2))).isEmpty();
  }

  @Test
  void noticesANaiveHalfThatHolds() throws Exception {
    assertThat(contradictions(new Sums(2, 2))).containsExactly("the naive half kept the claim");
  }

  @Test
  void noticesARemedyThatFails() throws Exception {
    assertThat(contradictions(new Sums(3, 3)))
        .containsExactly("the remedy broke the claim: It is odd (event 1)");
  }

  @Test
  void noticesHalvesThatTakeOtherSteps() throws Exception {
    var cheating =
        new Sums(3, 2) {
          @Override
          public void run(Half half, Trial trial) {
            super.run(half, trial);
            if (half.isNaive()) {
              trial.node("other").step("breaks it", () -> {});
            }
          }
        };

    assertThat(contradictions(cheating))
        .singleElement()
        .asString()
        .contains("different steps", "other: breaks it");
  }

  @Test
  void noticesAProofThatIsNotInTheHistory() throws Exception {
    var inventing =
        new Sums(3, 2) {
          @Override
          public List<Violation> judge(History history) {
            return super.judge(history).isEmpty()
                ? List.of()
                : List.of(new Violation("It broke", List.of(new Event(9, "a", "x", null))));
          }
        };

    assertThat(contradictions(inventing))
        .containsExactly("no event of the history proves: It broke");
  }

  private List<String> contradictions(Experiment experiment) throws Exception {
    return ExperimentRun.of(experiment, servers, 1).contradictions();
  }

  private static class Sums implements Experiment {

    private final int naive;
    private final int remedy;

    Sums(int naive, int remedy) {
      this.naive = naive;
      this.remedy = remedy;
    }

    @Override
    public void run(Half half, Trial trial) {
      trial.node("a").step("adds", () -> half.isNaive() ? naive : remedy);
    }

    @Override
    public List<Violation> judge(History history) {
      return history.facts(Integer.class).stream()
          .filter(sum -> sum.value() % 2 == 1)
          .map(sum -> Violation.of("It is odd", sum))
          .toList();
    }

    @Override
    public String name() {
      return "tests/sums";
    }

    @Override
    public String title() {
      return "Sums";
    }

    @Override
    public Effort effort() {
      return Effort.PURE;
    }

    @Override
    public String concept() {
      return "";
    }

    @Override
    public String claim() {
      return "";
    }

    @Override
    public String naive() {
      return "";
    }

    @Override
    public String remedy() {
      return "";
    }

    @Override
    public String conclusion() {
      return "";
    }

    @Override
    public List<Link> suite() {
      return List.of();
    }

    @Override
    public List<Link> sources() {
      return List.of();
    }
  }
}
