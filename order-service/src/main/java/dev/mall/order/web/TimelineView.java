package dev.mall.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mall.order.query.HistoryEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The timeline of an order, oldest entry first. */
record TimelineView(String orderId, List<Entry> entries) {

  /**
   * @param detail the checkout mode of a placement, the reason of a cancellation
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "TimelineEntry")
  record Entry(Instant at, HistoryEntry.What what, @Nullable String detail) {}

  static TimelineView of(long orderId, List<HistoryEntry> history) {
    return new TimelineView(
        Long.toString(orderId),
        history.stream().map(e -> new Entry(e.at(), e.what(), e.detail())).toList());
  }
}
