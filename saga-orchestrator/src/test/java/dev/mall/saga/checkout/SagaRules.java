package dev.mall.saga.checkout;

import dev.mall.contracts.Command;
import dev.mall.contracts.Reply;

/** Rules about the commands of one saga, given its earlier commands and replies. */
interface SagaRules {

  /** A reply reached the saga, or the operator who settled its step. */
  void received(Reply reply);

  /** Fails if the saga must not send this now. */
  void sent(Command command);
}
