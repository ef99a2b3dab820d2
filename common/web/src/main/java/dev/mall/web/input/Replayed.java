package dev.mall.web.input;

/** Marks the answer to a repeated request: nothing was done again. */
public final class Replayed {

  /** The header's name. */
  public static final String HEADER = "Idempotent-Replayed";

  private Replayed() {}
}
