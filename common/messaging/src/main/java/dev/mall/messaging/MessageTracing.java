package dev.mall.messaging;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One span for each traced message of a batch, from before the batch until after its commit. What
 * is said because of the message belongs to that span. An untraced message's context is passed on
 * as it came.
 */
final class MessageTracing {

  private final Tracer tracer;

  MessageTracing(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("dev.mall.messaging");
  }

  /** The spans of one batch. */
  record Spans(List<Span> open) implements AutoCloseable {
    @Override
    public void close() {
      open.forEach(Span::end);
    }
  }

  /** Begins the spans, and has each record carry its span's context instead of its sender's. */
  Spans begin(List<ConsumerRecord<String, byte[]>> records) {
    return new Spans(records.stream().flatMap(this::begin).toList());
  }

  private Stream<Span> begin(ConsumerRecord<String, byte[]> record) {
    var sender = TraceContext.parse(header(record, Headers.TRACEPARENT));
    if (!sender.isSampled()) {
      return Stream.empty();
    }
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
    return Stream.of(span);
  }

  static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
