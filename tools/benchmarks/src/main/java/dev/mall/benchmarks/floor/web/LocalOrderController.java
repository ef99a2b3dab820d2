package dev.mall.benchmarks.floor.web;

import dev.mall.benchmarks.floor.LocalOutcome;
import dev.mall.benchmarks.floor.PlaceLocally;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders. */
@RestController
class LocalOrderController {

  private final PlaceLocally place;

  LocalOrderController(PlaceLocally place) {
    this.place = place;
  }

  /**
   * @param id a decimal string
   */
  record LocalOrderView(
      String id,
      String customerId,
      String status,
      @Nullable String cancelReason,
      long totalMinor,
      String currency) {}

  @PostMapping("/orders")
  ResponseEntity<?> place(
      @RequestHeader("Idempotency-Key") String key, @Valid @RequestBody LocalOrderRequest request) {
    return switch (place.place(request.toOrder(key))) {
      case LocalOutcome.Placed placed ->
          ResponseEntity.ok()
              .location(URI.create("/orders/" + placed.id()))
              .body(view(request, placed));
      case LocalOutcome.KeyReused _ ->
          problem(HttpStatus.UNPROCESSABLE_CONTENT, "the key belongs to another request");
      case LocalOutcome.UnknownProducts(var skus) ->
          problem(HttpStatus.BAD_REQUEST, "not in the catalogue: " + skus);
    };
  }

  private static LocalOrderView view(LocalOrderRequest request, LocalOutcome.Placed placed) {
    return new LocalOrderView(
        Long.toString(placed.id()),
        request.customerId(),
        placed.status(),
        placed.reason(),
        placed.totalMinor(),
        placed.currency());
  }

  private static ResponseEntity<?> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }

  @GetMapping("/readyz")
  Map<String, String> ready() {
    return Map.of("status", "UP");
  }
}
