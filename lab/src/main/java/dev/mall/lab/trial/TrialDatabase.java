package dev.mall.lab.trial;

import javax.sql.DataSource;

/**
 * A database of a trial's own.
 *
 * @param name also the role's
 * @param connections unpooled
 */
public record TrialDatabase(String name, String url, String password, DataSource connections) {

  @Override
  public String toString() {
    return name;
  }
}
