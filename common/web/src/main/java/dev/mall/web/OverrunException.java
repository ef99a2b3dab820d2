package dev.mall.web;

import java.sql.SQLTransientConnectionException;

/** More requests want a database connection than may wait for one. */
final class OverrunException extends SQLTransientConnectionException {
  private static final long serialVersionUID = 1L;

  OverrunException() {
    super("too many requests wait for a database connection");
  }
}
