package dev.mall.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prose uses the words that a Spring engineer searches for, and names the actor. */
class VocabularyTest {

  private static final Pattern JSON_PROSE =
      Pattern.compile(
          "\"(?:title|description|summary|detail|name)\" ?: ?\"((?:[^\"\\\\]|\\\\.)*+)\"");

  @Test
  void javaSourcesKeepToIt() {
    assertThat(
            violations(
                path -> path.endsWith(".java") && !path.contains("/conventions/Vocabulary"),
                JavaProse::of))
        .isEmpty();
  }

  @Test
  void namesInJavaSourcesKeepToIt() {
    assertThat(
            JavaSource.parse(Repository.javaSources()).stream()
                .flatMap(source ->
                    source.declaredNames().stream()
                        .filter(Vocabulary::isViolatedBy)
                        .map(name -> source.path() + ": " + name)))
        .isEmpty();
  }

  @Test
  void documentsKeepToIt() {
    assertThat(violations(path -> path.endsWith(".md"), VocabularyTest::whole)).isEmpty();
  }

  @Test
  void scriptsAndManifestsKeepToIt() {
    assertThat(violations(VocabularyTest::isScriptOrManifest, VocabularyTest::whole)).isEmpty();
  }

  @Test
  void apiDescriptionsKeepToIt() {
    assertThat(
            violations(
                path -> path.startsWith("docs/") && path.endsWith(".json"), VocabularyTest::json))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** What became. */ int i;",
        "/** Fine. What is read later is lost. */ int i;",
        "/**\n * Fine.\n *\n * <p>What is read later is lost.\n */ int i;",
        "// whoever waits",
        "// waits for\n// ever",
        "log.info(\"nobody is there\");",
        "log.info(\"fine \" + \"and told\");",
        "log.info(\"what becomes\" + \" of an order\");",
        "log.info(\"\"\"\n  It runs.\n  Anybody asks.\n  \"\"\");",
        "char c = '\"'; // somebody\nchar d = '\"';",
      })
  void recognizesItInJava(String source) {
    assertThat(JavaProse.of(source).stream().flatMap(p -> Vocabulary.violations(p).stream()))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int told = tell(heard);",
        "/** Reads {@code heard} and {@link #told}. */ int i;",
        "// Refuses the request: somebodyElse is a name",
        "/** Returns what was read. */ int i;",
        "log.info(\"Which one? What then?\");",
        "/** @param heard of the last message */ int i;",
        "jdbc.sql(\"\"\"\n  select heard from saga_timeline\n  \"\"\");",
      })
  void allowsTheRestInJava(String source) {
    assertThat(JavaProse.of(source).stream().flatMap(p -> Vocabulary.violations(p).stream()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class NobodyKnows {}",
        "class A { void tellsOnce() {} }",
        "class A { int f(int toldTwice) { return toldTwice; } }",
        "class A { static final int TOLD_WRONGLY = 1; }",
        "class A { void f() { try { g(); } catch (RuntimeException away) { } } }",
      })
  void recognizesItInNames(String source) {
    assertThat(JavaSource.parse("a/A.java", source).declaredNames())
        .anyMatch(Vocabulary::isViolatedBy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"intelligible", "heartbeat", "castaways", "askInANewRound"})
  void allowsOtherNames(String name) {
    assertThat(Vocabulary.isViolatedBy(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What it does.",
        "# What it does\n",
        "- What it does is this.",
        "| kind | What it means |",
        "It ends. What follows is lost.",
        "A service that is away.",
        "It starts\nanew.",
        "It waits for\n  ever.",
        "Tell the operator.",
      })
  void recognizesItInDocuments(String text) {
    assertThat(Vocabulary.violations(new Prose(1, text))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "## What does it cost?\n",
        "A storyteller.",
        "Keep away-from links",
        "Somewhat.",
        "The field `heard`."
      })
  void allowsTheRestInDocuments(String text) {
    assertThat(Vocabulary.violations(new Prose(1, text)).stream().filter(v -> !v.contains("away")))
        .isEmpty();
  }

  @Test
  void saysTheLine() {
    assertThat(
            JavaProse.of("int i;\n\n/**\n * Fine.\n * Not told.\n */\nint j;").stream()
                .flatMap(p -> Vocabulary.violations(p).stream()))
        .containsExactly("5: told");
  }

  private static boolean isScriptOrManifest(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return path.endsWith(".yml")
        || path.endsWith(".yaml")
        || path.endsWith(".sh")
        || path.endsWith("pom.xml")
        || !name.contains(".");
  }

  private static List<Prose> whole(String text) {
    return List.of(new Prose(1, text));
  }

  private static List<Prose> json(String text) {
    return JSON_PROSE
        .matcher(text)
        .results()
        .map(found -> new Prose(Prose.lineAt(text, found.start()), found.group(1)))
        .toList();
  }

  private static List<String> violations(
      Predicate<String> paths, Function<String, List<Prose>> prose) {
    return Repository.files(paths).stream().flatMap(file -> violations(file, prose)).toList();
  }

  private static Stream<String> violations(Path file, Function<String, List<Prose>> prose) {
    return prose.apply(Repository.text(file)).stream()
        .flatMap(each -> Vocabulary.violations(each).stream())
        .map(found -> Repository.name(file) + ":" + found);
  }
}
