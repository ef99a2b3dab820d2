package dev.mall.web.problem;

import java.sql.SQLTransientConnectionException;

/** More requests want a database connection than may wait for one. */
public final class OverrunException extends SQLTransientConnectionException {
  private static final long serialVersionUID = 1L;

  public OverrunException() {
    super("too many requests wait for a database connection");
  }
}
