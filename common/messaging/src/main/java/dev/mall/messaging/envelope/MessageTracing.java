package dev.mall.messaging.envelope;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One span for each traced message of a batch, from before the batch until after its commit.
 * Messages sent because of it belong to that span. An untraced message's context is passed on as it
 * came.
 */
public final class MessageTracing {

  private final Tracer tracer;

  public MessageTracing(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("dev.mall.messaging");
  }

  /** The spans of one batch; closing it ends them. */
  public final class Spans implements AutoCloseable {

    private final List<Span> open = new ArrayList<>();

    /** Begins the record's span, and has the record carry it instead of its sender's. */
    public void begin(ConsumerRecord<String, byte[]> record) {
      var sender = TraceContext.parse(header(record, Headers.TRACEPARENT));
      if (sender.isSampled()) {
        open.add(MessageTracing.this.begin(record, sender));
      }
    }

    @Override
    public void close() {
      open.forEach(Span::end);
    }
  }

  public Spans spans() {
    return new Spans();
  }

  private Span begin(ConsumerRecord<String, byte[]> record, SpanContext sender) {
    var span =
        tracer
            .spanBuilder("handle " + Objects.requireNonNullElse(header(record, Headers.TYPE), "?"))
            .setParent(Context.root().with(Span.wrap(sender)))
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.destination.name", record.topic())
            .startSpan();
    var orderId = header(record, Headers.ORDER_ID);
    if (orderId != null) {
      span.setAttribute("mall.order.id", orderId);
    }
    if (span.getSpanContext().isValid()) {
      var ours = TraceContext.format(span.getSpanContext());
      record.headers().remove(Headers.TRACEPARENT);
      record.headers().add(Headers.TRACEPARENT, ours.getBytes(StandardCharsets.UTF_8));
    }
    return span;
  }

  public static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
