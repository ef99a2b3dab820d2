package dev.mall.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.page.MapPage;
import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Link;
import dev.mall.lab.study.Study;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The registry has every study, each study has what a page needs, and the map is current. */
class ChaptersTest {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path ROOT = Path.of("..");

  @Test
  void haveEveryStudyThatWasCompiled() throws Exception {
    assertThat(Chapters.studies().map(study -> study.getClass().getName()).distinct())
        .containsExactlyInAnyOrderElementsOf(compiledStudies());
  }

  @Test
  void areInTheOrderOfTheMap() throws Exception {
    assertThat(ROOT.resolve(LabMain.DOCUMENTS).resolve("README.md"))
        .as("./mall lab --write")
        .hasContent(MapPage.of(Chapters.ALL));
  }

  @Test
  void haveNoPageWithoutAStudy() throws Exception {
    var folder = ROOT.resolve(LabMain.DOCUMENTS);
    try (var files = Files.walk(folder)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".md"))
                  .map(file -> folder.relativize(file).toString().replace(".md", ""))
                  .filter(name -> !name.equals("README")))
          .containsExactlyInAnyOrderElementsOf(Chapters.studies().map(Study::name).toList());
    }
  }

  @Test
  void haveNamesOfTheirOwn() {
    assertThat(Chapters.ALL.stream().map(Chapter::name)).doesNotHaveDuplicates();
    assertThat(Chapters.studies().map(Study::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+/[a-z0-9-]+"));
  }

  @Test
  void answerQuestions() {
    assertThat(Chapters.ALL)
        .allSatisfy(chapter -> {
          assertThat(chapter.conclusion()).isNotBlank();
          assertThat(chapter.questions())
              .isNotEmpty()
              .allSatisfy(asked -> {
                assertThat(asked.question()).endsWith("?");
                assertThat(asked.answer()).contains("](" + chapter.name() + "/");
              });
        });
  }

  @ParameterizedTest
  @MethodSource("studies")
  void explainTheirConcepts(Study study) {
    assertThat(study.concept().split("\\s+")).as("words").hasSizeBetween(120, 280);
    assertThat(study.title()).hasSizeLessThan(80).doesNotEndWith(".");
    assertThat(study.conclusion().strip()).endsWith(".");
    if (study instanceof Experiment experiment) {
      assertThat(List.of(experiment.claim(), experiment.naive(), experiment.remedy()))
          .allMatch(sentence -> sentence.endsWith("."));
    }
  }

  @ParameterizedTest
  @MethodSource("studies")
  void leadToTheSuiteAndToSources(Study study) {
    assertThat(study.suite())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ROOT.resolve(withoutAnchor(link))).exists());
    assertThat(study.sources()).isNotEmpty().allMatch(Link::isWeb);
  }

  static Stream<Study> studies() {
    return Chapters.studies();
  }

  private static String withoutAnchor(Link link) {
    return link.target().replaceFirst("#.*", "");
  }

  private static List<String> compiledStudies() throws IOException {
    try (var files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .<Class<?>>map(file -> named(file.replace(".class", "").replace('/', '.')))
          .filter(Study.class::isAssignableFrom)
          .filter(type -> !Modifier.isAbstract(type.getModifiers()))
          .map(Class::getName)
          .toList();
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, ChaptersTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
