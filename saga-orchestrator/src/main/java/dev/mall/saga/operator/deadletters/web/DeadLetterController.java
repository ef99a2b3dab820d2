package dev.mall.saga.operator.deadletters.web;

import dev.mall.saga.operator.audit.Reason;
import dev.mall.saga.operator.deadletters.DeadLetterFilter;
import dev.mall.saga.operator.deadletters.DeadLetterRefused;
import dev.mall.saga.operator.deadletters.DeadLetterStatus;
import dev.mall.saga.operator.deadletters.DeadLetterStore;
import dev.mall.saga.operator.deadletters.DeadLetterView;
import dev.mall.saga.operator.deadletters.DeadLetterView.Summary;
import dev.mall.saga.operator.deadletters.RedriveDeadLetters;
import dev.mall.saga.operator.deadletters.RedriveDeadLetters.Redrive;
import dev.mall.web.input.Cursor;
import dev.mall.web.input.Page;
import dev.mall.web.openapi.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters of all topics. */
@RestController
@RequestMapping("/dead-letters")
@Tag(name = "Dead letters")
class DeadLetterController {

  private final DeadLetterStore letters;
  private final RedriveDeadLetters settling;

  DeadLetterController(DeadLetterStore letters, RedriveDeadLetters settling) {
    this.letters = letters;
    this.settling = settling;
  }

  /** The newest first. */
  @GetMapping
  @Operation(
      summary = "Dead letters",
      description = "Those that pass every filter given, the newest first.",
      operationId = "listDeadLetters")
  Page<Summary> list(
      @Parameter(description = "Only those in this state.") @RequestParam(required = false)
          @Nullable DeadLetterStatus status,
      @Valid @ParameterObject DeadLetterFilter filter,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    long before = Cursor.parse(cursor, 1).map(place -> place.key(0)).orElse(Long.MAX_VALUE);
    var found = letters.list(filter, status, before, limit + 1);
    return Page.of(found, limit, last -> Cursor.after(Long.parseLong(last.id())));
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "One dead letter",
      description = "With its headers and its body.",
      operationId = "findDeadLetter")
  @Refuses(DeadLetterRefused.Unknown.class)
  DeadLetterView one(@Parameter(description = "The dead letter's id.") @PathVariable long id) {
    return letters.one(id).orElseThrow(() -> new DeadLetterRefused.Unknown(id));
  }

  /** Sends one message again, to the topic it came from. */
  @PostMapping("/{id}/redrive")
  @Operation(summary = "Send a dead letter again", description = "To the topic that it came from.")
  @Refuses(DeadLetterRefused.class)
  DeadLetterView redrive(
      @Parameter(description = "The dead letter's id.") @PathVariable long id,
      @Valid @RequestBody Reason reason) {
    settling.redrive(id, reason);
    return one(id);
  }

  /**
   * Sends all again that wait and pass the filter, the oldest first, so many at a time.
   *
   * @param dryRun only count them, which is the default
   */
  @PostMapping("/redrive")
  @Operation(
      summary = "Send many dead letters again",
      description =
          "Those that wait and pass every filter given, the oldest first, a limited number at a time.")
  Redrive redriveAll(
      @Valid @ParameterObject DeadLetterFilter filter,
      @Parameter(description = "Only count them.") @RequestParam(defaultValue = "true")
          boolean dryRun,
      @Valid @RequestBody Reason reason) {
    return settling.redrive(filter, reason, dryRun);
  }

  /** Keeps one for the record, but never sends it again. */
  @PostMapping("/{id}/discard")
  @Operation(
      summary = "Discard a dead letter",
      description = "It stays for the record, and is never sent again.")
  @Refuses({DeadLetterRefused.Unknown.class, DeadLetterRefused.Settled.class})
  DeadLetterView discard(
      @Parameter(description = "The dead letter's id.") @PathVariable long id,
      @Valid @RequestBody Reason reason) {
    settling.discard(id, reason);
    return one(id);
  }
}
