package dev.mall.lab.consensus.linearizability;

/**
 * A call as its client saw it.
 *
 * @param operation the question together with the answer
 * @param from when the client sent it; on any clock that all clients share
 * @param to when the client had the answer; {@link #UNANSWERED} if it never came
 */
public record ClientCall<O>(String client, O operation, long from, long to) {

  /** The operation may take effect at any later time, or never. */
  public static final long UNANSWERED = Long.MAX_VALUE;

  public ClientCall {
    if (from > to) {
      throw new IllegalArgumentException("answered at %d, before %d".formatted(to, from));
    }
  }

  public boolean isAnswered() {
    return to != UNANSWERED;
  }

  /** Whether it had ended before the other began. */
  public boolean precedes(ClientCall<?> other) {
    return to < other.from;
  }
}
