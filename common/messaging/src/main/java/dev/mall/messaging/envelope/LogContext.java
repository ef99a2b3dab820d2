package dev.mall.messaging.envelope;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts the order and the trace that a line is about into the log's context (MDC). */
public final class LogContext implements AutoCloseable {

  private static final String ORDER_ID = "orderId";
  private static final String TRACE_ID = "traceId";
  private static final int MAX_DIGITS = 20;

  private final @Nullable String traceIdBefore;

  private LogContext(@Nullable String orderId, @Nullable String traceparent) {
    traceIdBefore = MDC.get(TRACE_ID);
    put(ORDER_ID, orderId);
    put(TRACE_ID, TraceContext.traceIdOf(traceparent));
  }

  /** Lines written until this is closed are about the order. */
  public static LogContext of(long orderId, @Nullable String traceparent) {
    return new LogContext(Long.toString(orderId), traceparent);
  }

  /** The same for headers as they came; one that makes no sense is left out. */
  public static LogContext of(@Nullable String orderId, @Nullable String traceparent) {
    return new LogContext(isId(orderId) ? orderId : null, traceparent);
  }

  private static boolean isId(@Nullable String text) {
    return text != null
        && text.length() < MAX_DIGITS
        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static void put(String name, @Nullable String value) {
    if (value == null) {
      MDC.remove(name);
    } else {
      MDC.put(name, value);
    }
  }

  @Override
  public void close() {
    MDC.remove(ORDER_ID);
    put(TRACE_ID, traceIdBefore);
  }
}
