package dev.mall.lab.trial;

import dev.mall.lab.history.History.Condition;
import dev.mall.lab.history.HistoryRecorder;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A process of a schedule, with a thread of its own: what belongs to a thread, such as a lock of
 * Redisson's, belongs to the node.
 *
 * <p>A <b>step</b> is part of the schedule, which both halves share, so its name says the intention
 * ("writes the balance") and its result the difference ("refused: token 33 is old"). A step is an
 * event, too: its label is the name and the result, its fact the result. A plain {@link #event} or
 * message may occur in one half alone.
 */
@SuppressWarnings("overloads") // as in ExecutorService, lambdas with a result and without one
public final class Node implements AutoCloseable {

  private final String name;
  private final HistoryRecorder recorder;
  private @Nullable ExecutorService thread;

  Node(String name, HistoryRecorder recorder) {
    this.name = name;
    this.recorder = recorder;
  }

  /** An action without a result. */
  public interface Action {
    void run() throws Exception;
  }

  public String name() {
    return name;
  }

  /**
   * Runs an action and waits for it. Nested steps and events come before this one.
   *
   * @throws StepFailedException if it fails or does not end within 30 s
   */
  public <T extends @Nullable Object> T step(String step, Callable<T> action) {
    var result = scheduled(step, action).await();
    recorder.event(name, Pending.label(step, result), result);
    return result;
  }

  public void step(String step, Action action) {
    step(step, callable(action));
  }

  /** A step that the diagram shows as a call of another node. */
  public <T extends @Nullable Object> T call(Node server, String step, Callable<T> action) {
    var result = scheduled(step, action).await();
    int event = recorder.event(name, Pending.label(step, result), result);
    recorder.message(name, event, server.name, event);
    return result;
  }

  public void call(Node server, String step, Action action) {
    call(server, step, callable(action));
  }

  /**
   * Starts a step that other nodes' steps overtake, as one that waits for a lock. {@link
   * Pending#end} makes its result an event.
   */
  public <T extends @Nullable Object> Pending<T> begin(String step, Callable<T> action) {
    var pending = scheduled(step, action);
    recorder.event(name, step + " …", null);
    return pending;
  }

  /** An event without an action. */
  public void event(String label) {
    event(label, null);
  }

  public void event(String label, @Nullable Object fact) {
    recorder.event(name, label, fact);
  }

  /** Sends a message that arrives when the schedule has it {@link InFlight#arrive arrive}. */
  public <M> InFlight<M> send(Node to, String label, M payload) {
    int sentAt = recorder.event(name, label, payload);
    return new InFlight<>(payload, this, sentAt, to, recorder);
  }

  /** From here until it resumes, the node takes no step. */
  public void pause(String reason) {
    condition("pauses: " + reason, Condition.PAUSED);
  }

  public void resume() {
    scheduledEvent("resumes");
    recorder.end(name, Condition.PAUSED);
  }

  /** From here until it restarts, the node takes no step; it no longer believes in a lock. */
  public void crash(String reason) {
    condition("crashes: " + reason, Condition.DOWN);
    free();
  }

  public void restart(String how) {
    scheduledEvent("restarts: " + how);
    recorder.end(name, Condition.DOWN);
  }

  /** Draws that the node believes it holds something, from the latest event on. */
  public void hold() {
    recorder.begin(name, Condition.HOLDS);
  }

  /** The belief ends with the latest event. */
  public void free() {
    recorder.end(name, Condition.HOLDS);
  }

  @Override
  public void close() {
    var running = thread;
    if (running != null) {
      running.shutdownNow();
    }
  }

  /** A step with this name begins, and its action runs on the node's thread. */
  private <T extends @Nullable Object> Pending<T> scheduled(String step, Callable<T> action) {
    requireUp(step);
    recorder.scheduled(name, step);
    Future<T> running = thread().submit(action);
    return new Pending<>(name, step, running, recorder);
  }

  private void condition(String label, Condition condition) {
    requireUp(label);
    scheduledEvent(label);
    recorder.begin(name, condition);
  }

  private void scheduledEvent(String label) {
    recorder.scheduled(name, label);
    recorder.event(name, label, null);
  }

  private void requireUp(String step) {
    for (var condition : new Condition[] {Condition.PAUSED, Condition.DOWN}) {
      if (recorder.is(name, condition)) {
        throw new IllegalStateException("%s is %s: %s".formatted(name, condition, step));
      }
    }
  }

  private ExecutorService thread() {
    var running = thread;
    if (running == null) {
      running = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
      thread = running;
    }
    return running;
  }

  private static Callable<@Nullable Void> callable(Action action) {
    return () -> {
      action.run();
      return null;
    };
  }
}
