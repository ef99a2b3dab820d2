package dev.mall.messaging.envelope;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * W3C trace context as the text that travels in headers and rows.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>
 */
public final class TraceContext {

  private static final String VERSION = "00-";

  private TraceContext() {}

  /** The trace this thread works for; null if there is none. */
  public static @Nullable String current() {
    var context = Span.current().getSpanContext();
    return context.isValid() ? format(context) : null;
  }

  /** The trace id in {@code traceparent}; null if there is none to be read. */
  static @Nullable String traceIdOf(@Nullable String traceparent) {
    var context = parse(traceparent);
    return context.isValid() ? context.getTraceId() : null;
  }

  /** {@code traceparent} itself if it is a trace context, else null. */
  static @Nullable String validOrNull(@Nullable String traceparent) {
    return parse(traceparent).isValid() ? traceparent : null;
  }

  static String format(SpanContext context) {
    return VERSION
        + "%s-%s-%s"
            .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }

  /** Invalid if {@code traceparent} is no trace context. */
  static SpanContext parse(@Nullable String traceparent) {
    if (traceparent == null || !traceparent.startsWith(VERSION)) {
      return SpanContext.getInvalid();
    }
    var context =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), traceparent, SingleHeader.INSTANCE);
    return Span.fromContext(context).getSpanContext();
  }

  /** Headers of which there is only {@code traceparent}. */
  private enum SingleHeader implements TextMapGetter<String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(String traceparent) {
      return List.of(Headers.TRACEPARENT);
    }

    @Override
    public @Nullable String get(@Nullable String traceparent, String name) {
      return name.equals(Headers.TRACEPARENT) ? traceparent : null;
    }
  }
}
