package dev.mall.lab.study;

import java.util.List;

/**
 * The studies of one subject.
 *
 * @param name the package, the folder of its pages, and an argument of {@code ./mall lab}
 * @param conclusion Markdown; links are relative to {@code docs/lab/}
 * @param studies in the order in which they are read
 * @param questions that people ask about the subject
 */
public record Chapter(
    String name, String title, String conclusion, List<Study> studies, List<Question> questions) {

  public Chapter {
    studies = List.copyOf(studies);
    questions = List.copyOf(questions);
    for (var study : studies) {
      if (!study.chapter().equals(name)) {
        throw new IllegalArgumentException(
            "%s is in chapter %s: its name has to begin with it".formatted(study.name(), name));
      }
    }
  }

  /**
   * @param answer Markdown, which links to studies; links are relative to {@code docs/lab/}
   */
  public record Question(String question, String answer) {}
}
