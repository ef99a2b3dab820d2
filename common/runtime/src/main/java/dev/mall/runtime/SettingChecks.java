package dev.mall.runtime;

import java.time.Duration;

/** Checks of configuration records. A setting that fails one ends the start, by name. */
public final class SettingChecks {

  private SettingChecks() {}

  /**
   * @param property as in a YAML file
   * @throws IllegalArgumentException if {@code value} is zero or below
   */
  public static void requirePositive(String property, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(property + " must be above zero");
    }
  }
}
