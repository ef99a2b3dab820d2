package dev.mall.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import dev.mall.lab.trial.Servers;
import dev.mall.lab.trial.Trial;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Both drawings of one history that has everything. */
@TestInstance(Lifecycle.PER_CLASS)
class SpaceTimeTest {

  private History history;
  private List<Violation> violations;

  @BeforeAll
  void run() throws Exception {
    try (var servers = new Servers();
        var trial = new Trial(servers, 1)) {
      var left = trial.node("left");
      var middle = trial.node("middle");
      var right = trial.node("right");
      left.call(right, "locks <x> & \"y\"", () -> 1);
      left.hold();
      left.pause("slow");
      var message = middle.send(right, "sends", "m");
      right.send(left, "replies", "n").drop();
      left.resume();
      message.arrive("receives", _ -> "done");
      left.free();
      middle.crash("power");
      right.step("writes", () -> 2);
      history = trial.history();
    }
    var numbers = history.facts(Integer.class);
    violations = List.of(Violation.of("Both wrote", numbers.toArray(Fact<?>[]::new)));
  }

  @Test
  void asText() {
    var drawn =
        SpaceTimeText.of(history, violations).stream()
            .map(line -> (line.violating() ? "!" : " ") + line.text())
            .collect(Collectors.joining("\n"));

    assertThat(drawn)
        .isEqualTo(
            """
             left     middle   right
            !✗────────┼───────▶│           1  locks <x> & "y" → 1
             ●        │        │           2  pauses: slow
             ┊        ●        │           3  sends
             ┊        │    ✕╌╌╌●           4  replies
             ●        │        │           5  resumes
             ┃        ├╌╌╌╌╌╌╌▶●           6  receives → done
             │        ●        │           7  crashes: power
            !│                 ✗           8  writes → 2\
            """);
  }

  @Test
  void asSvgThatIsWellFormedAndHasNoScript() throws Exception {
    var svg = SpaceTimeSvg.of("A & B", history, violations);
    var document = parsed(svg);

    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A & B");
    assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
        .contains("1. left: locks <x> & \"y\" → 1", "Violation: Both wrote (events 1, 8)");
    assertThat(svg).contains("prefers-color-scheme: dark");
  }

  @Test
  void asSvgWithEveryPart() {
    var svg = SpaceTimeSvg.of("A", history, violations);

    assertThat(parts(svg, "class=\"ring\"")).isEqualTo(2);
    assertThat(parts(svg, "class=\"arrow\"")).isEqualTo(2);
    assertThat(parts(svg, "class=\"lost\"")).isEqualTo(1);
    assertThat(parts(svg, "class=\"holds\"")).isEqualTo(1);
    assertThat(parts(svg, "class=\"paused\"")).isEqualTo(1);
    assertThat(parts(svg, "<circle class=\"dot\"")).isEqualTo(6);
  }

  private static int parts(String svg, String part) {
    return svg.split(part, -1).length - 1;
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
