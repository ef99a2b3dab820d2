package dev.mall.saga.operator.audit;

/** The body of an operator's request, which names the operator. */
public interface Attributed {

  /** The same request of the operator of that name. */
  Attributed by(String operator);
}
