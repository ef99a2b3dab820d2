package dev.mall.messaging.consumer;

import dev.mall.messaging.consumer.failure.DeadLetters;
import dev.mall.messaging.consumer.failure.DeadLetters.Letter;
import dev.mall.messaging.consumer.failure.Failures;
import dev.mall.messaging.consumer.failure.Failures.Kind;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.LogContext;
import dev.mall.messaging.envelope.MessageCodec.Reading;
import dev.mall.messaging.envelope.MessageTracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of one poll, and how far they are handled, skipped or dead-lettered. */
final class PolledRecords<T> {

  private static final Logger log = LoggerFactory.getLogger(PolledRecords.class);

  /** After this time no further transaction begins: far less than max.poll.interval.ms. */
  private static final Duration TURN = Duration.ofSeconds(10);

  /** A record, and how it was read. */
  record Item<T>(ConsumerRecord<String, byte[]> record, Reading<T> reading) {}

  private final List<Item<T>> items;
  private final BatchWork<T> work;
  private final DeadLetters deadLetters;
  private final int attempts;
  private final ConsumerState state;
  private final long end = System.nanoTime() + TURN.toNanos();
  private final List<Letter> undecided = new ArrayList<>();
  private int done;

  PolledRecords(
      List<Item<T>> items,
      BatchWork<T> work,
      DeadLetters deadLetters,
      int attempts,
      ConsumerState state) {
    this.items = items;
    this.work = work;
    this.deadLetters = deadLetters;
    this.attempts = attempts;
    this.state = state;
  }

  /** How many records, from the first, are done with. */
  int done() {
    return done;
  }

  /** Returns how long to wait before the rest is tried again. */
  Duration handle() {
    try {
      while (done < items.size() && inTime()) {
        int before = done;
        handlePart(items.subList(done, endOfPart()));
        if (done > before) {
          state.progressed();
        }
      }
      return Duration.ZERO;
    } catch (RuntimeException | Error failure) {
      if (Failures.kindOf(failure) == Kind.FATAL) {
        throw failure;
      }
      return state.paused(Failures.describe(failure));
    }
  }

  private boolean inTime() {
    return System.nanoTime() < end;
  }

  /** As far as there are as many messages as fit in one transaction. */
  private int endOfPart() {
    int room = state.limit().size();
    int index = done;
    while (index < items.size() && (room > 0 || valueOf(items.get(index)) == null)) {
      room -= valueOf(items.get(index)) == null ? 0 : 1;
      index++;
    }
    return index;
  }

  private void handlePart(List<Item<T>> part) {
    var values = new ArrayList<T>();
    for (var item : part) {
      var value = valueOf(item);
      if (value != null) {
        values.add(value);
      }
    }
    try {
      if (!values.isEmpty()) {
        work.handle(List.copyOf(values));
        state.committed(values.size());
      }
    } catch (RuntimeException | Error failure) {
      handleFailed(part, values.size(), failure);
      return;
    }
    part.forEach(this::noteUnreadable);
    decided(done + part.size());
    if (!values.isEmpty()) {
      state.streak().succeeded();
    }
  }

  private void handleFailed(List<Item<T>> part, int messages, Throwable failure) {
    var kind = kindOf(failure);
    if (kind == Kind.MESSAGE) {
      log.warn("retrying batch of {} message by message", messages, failure);
      handleAlone(part);
    } else if (kind == Kind.TIMEOUT && messages > 1) {
      state.limit().exceeded(messages);
      log.warn(
          "retrying batch of {} in batches of at most {}, timed out: {}",
          messages,
          state.limit().size(),
          Failures.describe(failure));
    } else {
      throw propagated(failure);
    }
  }

  private void handleAlone(List<Item<T>> part) {
    int next = done;
    for (var item : part) {
      next++;
      var value = valueOf(item);
      if (value == null) {
        noteUnreadable(item);
      } else if (isDecidedBy(item, value)) {
        decided(next);
      }
      if (!inTime()) {
        break;
      }
    }
    if (state.streak().isSuspicious()) {
      throw new AllFailAlikeException(state.streak().lastFailure());
    }
    decided(next);
  }

  /** Returns whether it is known now who is to blame for the failures before. */
  private boolean isDecidedBy(Item<T> item, T value) {
    var failure = attempt(item.record(), value);
    if (failure == null) {
      state.streak().succeeded();
      return true;
    }
    undecided.add(new Letter(item.record(), Cause.FAILED, Failures.describe(failure), attempts));
    return state.streak().failed(failure);
  }

  private void noteUnreadable(Item<T> item) {
    if (item.reading() instanceof Reading.Unreadable<T>(var cause, var detail)) {
      undecided.add(new Letter(item.record(), cause, detail, 0));
    }
  }

  /** All before {@code next} is handled, or to be given up. */
  private void decided(int next) {
    deadLetters.add(List.copyOf(undecided));
    undecided.clear();
    done = next;
  }

  /** Tries a message alone. Returns the last failure if each attempt failed. */
  private @Nullable Throwable attempt(ConsumerRecord<String, byte[]> record, T value) {
    Throwable last = null;
    try (var _ =
        LogContext.of(
            MessageTracing.header(record, Headers.ORDER_ID),
            MessageTracing.header(record, Headers.TRACEPARENT))) {
      for (int attempt = 1; attempt <= attempts; attempt++) {
        try {
          work.handle(List.of(value));
          return null;
        } catch (RuntimeException | Error failure) {
          if (kindOf(failure) != Kind.MESSAGE) {
            throw failure;
          }
          last = failure;
        }
      }
    }
    return last;
  }

  /** A failure that an operator excused is the message's, unless the process itself is broken. */
  private Kind kindOf(Throwable failure) {
    var kind = Failures.kindOf(failure);
    return kind != Kind.FATAL && state.streak().excused() > 0 ? Kind.MESSAGE : kind;
  }

  private static <T> @Nullable T valueOf(Item<T> item) {
    return item.reading() instanceof Reading.Understood<T>(var value) ? value : null;
  }

  private static RuntimeException propagated(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  /** So many messages failed in the same way that the cause is rather elsewhere. */
  static final class AllFailAlikeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AllFailAlikeException(String failure) {
      super("all messages fail alike: " + failure);
    }
  }
}
