package dev.mall.lab.consensus.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginnings and answers of calls, in order of time, as a linked list: a call is removed and
 * put back in its place without a search.
 */
final class Moments {

  /** The list's end, too: it is a ring. */
  private final Moment anchor = new Moment(-1, Long.MIN_VALUE, null, false);

  private int answers;

  private Moments() {}

  /** A call's beginning, or its answer. */
  static final class Moment {

    private final int call;
    private final long time;

    /** Of a beginning: the call's answer, if there was one. */
    private final @Nullable Moment answer;

    private final boolean isAnswer;
    private Moment before = this;
    private Moment after = this;

    private Moment(int call, long time, @Nullable Moment answer, boolean isAnswer) {
      this.call = call;
      this.time = time;
      this.answer = answer;
      this.isAnswer = isAnswer;
    }

    /** The call's number. */
    int call() {
      return call;
    }

    boolean isAnswer() {
      return isAnswer;
    }
  }

  static Moments of(List<? extends ClientCall<?>> calls) {
    var all = new ArrayList<Moment>();
    for (int i = 0; i < calls.size(); i++) {
      var call = calls.get(i);
      var answer = call.isAnswered() ? new Moment(i, call.to(), null, true) : null;
      all.add(new Moment(i, call.from(), answer, false));
      if (answer != null) {
        all.add(answer);
      }
    }
    // at one time beginnings come first: calls that touch are concurrent
    all.sort(Comparator.comparingLong((Moment it) -> it.time).thenComparing(Moment::isAnswer));
    var moments = new Moments();
    all.forEach(moments::append);
    return moments;
  }

  /** Whether an answered call is in the list. */
  boolean hasAnswers() {
    return answers > 0;
  }

  Moment first() {
    return anchor.after;
  }

  Moment after(Moment moment) {
    return moment.after;
  }

  /** Removes a call's beginning, and its answer. */
  void remove(Moment beginning) {
    unlink(beginning);
    if (beginning.answer != null) {
      unlink(beginning.answer);
    }
  }

  /** In the opposite order of removals. */
  void putBack(Moment beginning) {
    if (beginning.answer != null) {
      link(beginning.answer);
    }
    link(beginning);
  }

  private void append(Moment moment) {
    moment.before = anchor.before;
    moment.after = anchor;
    link(moment);
  }

  private void link(Moment moment) {
    moment.before.after = moment;
    moment.after.before = moment;
    answers += moment.isAnswer ? 1 : 0;
  }

  private void unlink(Moment moment) {
    moment.before.after = moment.after;
    moment.after.before = moment.before;
    answers -= moment.isAnswer ? 1 : 0;
  }
}
