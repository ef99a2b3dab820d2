package dev.mall.lab.study;

/** The resources that a study needs; they decide which test runs it. */
public enum Effort {
  /** No server, milliseconds: {@code *Test}. */
  PURE,
  /** The shared servers, a few seconds: {@code *IT}. */
  SERVERS,
  /** Several servers of its own, or more than five seconds: {@code ./mall check}. */
  LONG
}
