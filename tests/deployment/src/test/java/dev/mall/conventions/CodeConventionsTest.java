package dev.mall.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources keep to the sizes and names of docs/contributing.md. */
class CodeConventionsTest {

  private static final List<JavaSource> ALL = JavaSource.parse(Repository.javaSources());
  private static final List<JavaSource> MAIN =
      ALL.stream().filter(source -> source.path().contains("src/main/java/")).toList();

  @Test
  void packagesHoldAtMostFourteenFiles() {
    assertThat(CodeConventions.crowdedPackages(MAIN)).isEmpty();
    assertThat(CodeConventions.crowdedPackages(sources(14, "class A {}"))).isEmpty();
    assertThat(CodeConventions.crowdedPackages(sources(15, "class A {}"))).hasSize(1);
  }

  @Test
  void filesHaveFewerThanThreeHundredLines() {
    assertThat(CodeConventions.longFiles(ALL)).isEmpty();
    assertThat(CodeConventions.longFiles(List.of(source("a", "\n".repeat(299) + "class A {}"))))
        .hasSize(1);
  }

  @Test
  void aTypeNameHasOneMeaning() {
    assertThat(CodeConventions.ambiguousNames(MAIN)).isEmpty();
    assertThat(
            CodeConventions.ambiguousNames(
                List.of(source("a", "class A {}"), source("b", "interface A {}"))))
        .hasSize(1);
  }

  @Test
  void constructorsTakeAtMostSixParameters() {
    assertThat(CodeConventions.longConstructors(MAIN)).isEmpty();
    assertThat(
            CodeConventions.longConstructors(
                List.of(
                    source("a", "class A { A(int a, int b, int c, int d, int e, int f) {} }"),
                    source("a", "record B(int a, int b, int c, int d, int e, int f, int g) {}"))))
        .isEmpty();
    assertThat(
            CodeConventions.longConstructors(
                List.of(
                    source(
                        "a",
                        "class A { class B { B(int a, int b, int c, int d, int e, int f, int g) {} } }"))))
        .hasSize(1);
  }

  @Test
  void arraysOfColumnsAreMadeByTheKit() {
    assertThat(CodeConventions.declaring("texts", MAIN)).containsExactly("Columns");
    assertThat(
            CodeConventions.declaring("texts", List.of(source("a", "class A { void texts() {} }"))))
        .containsExactly("A");
  }

  /** Loops run on BackgroundLoop; the others start a thread that ends by itself. */
  @Test
  void loopsRunOnOneTypeOfThread() {
    assertThat(CodeConventions.startingThreads(MAIN))
        .containsExactly("BackgroundLoop", "OutboxPublisher", "ShutdownDeadline");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Thread(this::run)",
        "Thread.ofVirtual().start(this::run)",
        "Thread.ofPlatform().unstarted(this::run)",
        "Thread.startVirtualThread(this::run)"
      })
  void threadsAreRecognized(String expression) {
    var source = source("common/a", "class A { Object o = " + expression + "; }");

    assertThat(CodeConventions.startingThreads(List.of(source))).containsExactly("A");
  }

  private static List<JavaSource> sources(int count, String text) {
    return IntStream.range(0, count).mapToObj(_ -> source("a", text)).toList();
  }

  private static JavaSource source(String module, String text) {
    return JavaSource.parse(module + "/src/main/java/A.java", text);
  }
}
