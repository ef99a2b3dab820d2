package dev.mall.lab.study;

import java.util.List;

/**
 * One concept of distributed systems, as it is explained, run, and looked up.
 *
 * <p>Texts are Markdown without headings; links in them are relative to {@code docs/lab/CHAPTER/}.
 */
public sealed interface Study permits Experiment, Comparison {

  /** {@code chapter/words-with-hyphens}: argument of {@code ./mall lab}, and name of the page. */
  String name();

  /** The concept, as a headline. */
  String title();

  Effort effort();

  /** The concept in about 200 words. */
  String concept();

  /** A conclusion that a senior engineer would sign. */
  String conclusion();

  /** The places in the suite where it matters. */
  List<Link> suite();

  List<Link> sources();

  /** The first part of the name. */
  default String chapter() {
    return name().substring(0, name().indexOf('/'));
  }
}
