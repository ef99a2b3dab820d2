package dev.mall.lab.consensus.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An order in which concurrent calls could have taken effect one after the other: each between its
 * beginning and its end, and each with the answer that it was given.
 *
 * @param order the calls in this order; the longest one found if there is none of all
 * @param misfit the answered call that should have been in this order by the time of its answer,
 *     and with which no order goes on; empty if the history is linearizable
 * @see <a href="https://cs.brown.edu/~mph/HerlihyW90/p463-herlihy.pdf">Herlihy and Wing 1990</a>
 */
public record Linearization<O>(List<ClientCall<O>> order, Optional<ClientCall<O>> misfit) {

  public Linearization {
    order = List.copyOf(order);
  }

  public boolean isComplete() {
    return misfit.isEmpty();
  }

  /**
   * Searches an order: always the first call that may come next, going back where none fits, and
   * never twice from the same state with the same calls behind it.
   *
   * @see <a href="https://www.cs.ox.ac.uk/people/gavin.lowe/LinearizabiltyTesting/paper.pdf">Lowe:
   *     Testing for linearizability, with the algorithm of Wing and Gong</a>
   */
  public static <S, O> Linearization<O> of(
      SequentialObject<S, O> object, List<ClientCall<O>> calls) {
    return new Search<>(object, calls).run();
  }

  /**
   * Judges each key by itself, which is the same and much quicker: a history of independent objects
   * is linearizable if that of each object is.
   */
  public static <K, S, O> Map<K, Linearization<O>> byKey(
      Function<O, K> key, SequentialObject<S, O> object, List<ClientCall<O>> calls) {
    var parts = new LinkedHashMap<K, List<ClientCall<O>>>();
    for (var call : calls) {
      parts.computeIfAbsent(key.apply(call.operation()), _ -> new ArrayList<>()).add(call);
    }
    var found = new LinkedHashMap<K, Linearization<O>>();
    parts.forEach((value, part) -> found.put(value, of(object, part)));
    return found;
  }

  /** Calls that have taken effect, and the state that they left. */
  private record Position<S>(BitSet placed, S state) {}

  private record Choice<S>(Moments.Moment call, S before) {}

  private static final class Search<S, O> {

    private final SequentialObject<S, O> object;
    private final List<ClientCall<O>> calls;
    private final Moments moments;
    private final BitSet placed = new BitSet();
    private final Deque<Choice<S>> choices = new ArrayDeque<>();
    private final Set<Position<S>> seen = new HashSet<>();
    private Linearization<O> longest = new Linearization<>(List.of(), Optional.empty());
    private S state;

    Search(SequentialObject<S, O> object, List<ClientCall<O>> calls) {
      this.object = object;
      this.calls = calls;
      this.moments = Moments.of(calls);
      this.state = object.initial();
    }

    Linearization<O> run() {
      var moment = moments.first();
      while (moments.hasAnswers()) {
        if (moment.isAnswer()) { // of a call that must have taken effect by now, and has not
          keepLongest(moment);
          if (choices.isEmpty()) {
            return longest;
          }
          moment = takeBack(choices.pop());
        } else {
          moment = places(moment) ? moments.first() : moments.after(moment);
        }
      }
      return new Linearization<>(order(), Optional.empty());
    }

    private boolean places(Moments.Moment moment) {
      var next = object.after(state, calls.get(moment.call()).operation());
      if (next.isEmpty()) {
        return false;
      }
      placed.set(moment.call());
      if (!seen.add(new Position<>((BitSet) placed.clone(), next.get()))) {
        placed.clear(moment.call());
        return false;
      }
      choices.push(new Choice<>(moment, state));
      state = next.get();
      moments.remove(moment);
      return true;
    }

    private Moments.Moment takeBack(Choice<S> choice) {
      state = choice.before();
      placed.clear(choice.call().call());
      moments.putBack(choice.call());
      return moments.after(choice.call());
    }

    private void keepLongest(Moments.Moment answer) {
      if (choices.size() > longest.order().size() || longest.isComplete()) {
        longest = new Linearization<>(order(), Optional.of(calls.get(answer.call())));
      }
    }

    private List<ClientCall<O>> order() {
      var order = new ArrayList<ClientCall<O>>();
      choices.descendingIterator().forEachRemaining(it -> order.add(calls.get(it.call().call())));
      return order;
    }
  }
}
