package dev.mall.lab.study;

/** The two designs that an experiment runs on one schedule. */
public enum Half {
  /** Breaks the claim. */
  NAIVE,
  /** Keeps it. */
  REMEDY;

  public boolean isNaive() {
    return this == NAIVE;
  }
}
