package dev.mall.lab.study;

/** The resources that a study needs; they decide which test runs it. */
public enum Effort {
  /** No server, milliseconds: {@code ./mall test}. */
  PURE,
  /** Servers, some seconds: {@code ./mall check}. */
  SERVERS
}
