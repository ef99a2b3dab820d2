package dev.mall.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * W3C trace context as the text that travels in headers and rows.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>
 */
public final class TraceContext {

  private static final int LENGTH = 55; // 00-<32 hex>-<16 hex>-<2 hex>
  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;

  private TraceContext() {}

  /** The trace this thread works for; null if there is none. */
  public static @Nullable String current() {
    var context = Span.current().getSpanContext();
    return context.isValid() ? format(context) : null;
  }

  /** The trace id in {@code traceparent}; null if there is none to be read. */
  static @Nullable String traceIdOf(@Nullable String traceparent) {
    return traceparent == null || traceparent.length() != LENGTH
        ? null
        : traceparent.substring(TRACE_ID, SPAN_ID - 1);
  }

  static String format(SpanContext context) {
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }

  /** Invalid if {@code traceparent} is no trace context. */
  static SpanContext parse(@Nullable String traceparent) {
    if (traceparent == null || traceparent.length() != LENGTH || !traceparent.startsWith("00-")) {
      return SpanContext.getInvalid();
    }
    return SpanContext.createFromRemoteParent(
        traceparent.substring(TRACE_ID, SPAN_ID - 1),
        traceparent.substring(SPAN_ID, FLAGS - 1),
        TraceFlags.fromHex(traceparent, FLAGS), // more bits than "sampled" may be set
        TraceState.getDefault());
  }
}
