package dev.mall.lab.trial;

import dev.mall.lab.history.History.Message;
import dev.mall.lab.history.HistoryRecorder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A message that was sent and has neither arrived nor been lost. It may arrive more than once. */
public final class InFlight<M> {

  private final M payload;
  private final Node from;
  private final int sentAt;
  private final Node to;
  private final HistoryRecorder recorder;

  InFlight(M payload, Node from, int sentAt, Node to, HistoryRecorder recorder) {
    this.payload = payload;
    this.from = from;
    this.sentAt = sentAt;
    this.to = to;
    this.recorder = recorder;
  }

  /**
   * Has the receiver handle it, on the caller's thread. The event's label is followed by the
   * handler's result, which is its fact.
   */
  public <T extends @Nullable Object> T arrive(String label, Function<M, T> handler) {
    var result = handler.apply(payload);
    int event = recorder.event(to.name(), Pending.label(label, result), result);
    recorder.message(from.name(), sentAt, to.name(), event);
    return result;
  }

  /** It never arrives. */
  public void drop() {
    recorder.message(from.name(), sentAt, to.name(), Message.LOST);
  }
}
