package dev.mall.lab.consensus.linearizability;

import java.util.Optional;

/**
 * An object as it behaves towards calls that come one after the other.
 *
 * @param <S> its state, an immutable value with {@code equals}
 * @param <O> its operations, each a question with an answer, or with none
 */
public interface SequentialObject<S, O> {

  S initial();

  /**
   * The state after an operation; empty if the object would have answered otherwise in this state.
   * An operation without an answer is possible in every state.
   */
  Optional<S> after(S state, O operation);
}
