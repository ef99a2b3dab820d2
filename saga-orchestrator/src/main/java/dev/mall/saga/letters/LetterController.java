package dev.mall.saga.letters;

import dev.mall.messaging.DeadLetter.Cause;
import dev.mall.saga.audit.Reason;
import dev.mall.saga.letters.LetterView.Summary;
import dev.mall.saga.letters.SettleLetters.Redrive;
import dev.mall.web.Cursor;
import dev.mall.web.Page;
import dev.mall.web.Problems;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
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
class LetterController {

  private static final String NAME = "[A-Za-z0-9._-]*";

  private final LetterStore letters;
  private final SettleLetters settling;

  LetterController(LetterStore letters, SettleLetters settling) {
    this.letters = letters;
    this.settling = settling;
  }

  /** The newest first. */
  @GetMapping
  Page<Summary> list(
      @RequestParam(required = false) @Nullable LetterStatus status,
      @RequestParam(required = false) @Nullable @Pattern(regexp = NAME) String topic,
      @RequestParam(required = false) @Nullable @Pattern(regexp = NAME) String type,
      @RequestParam(required = false) @Nullable Long orderId,
      @RequestParam(required = false) @Nullable Cause cause,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    var filter = new LetterFilter(status, topic, type, orderId, cause);
    long before = Cursor.parse(cursor, 1).map(place -> place.key(0)).orElse(Long.MAX_VALUE);
    var found = letters.list(filter, before, limit + 1);
    return Page.of(found, limit, last -> Cursor.after(Long.parseLong(last.id())));
  }

  @GetMapping("/{id}")
  LetterView one(@PathVariable long id) {
    return letters
        .one(id)
        .orElseThrow(() ->
            Problems.refusal(LetterProblem.DEAD_LETTER_UNKNOWN, "no dead letter has id " + id));
  }

  /** Sends one message again, to the topic it came from. */
  @PostMapping("/{id}/redrive")
  LetterView redrive(@PathVariable long id, @Valid @RequestBody Reason reason) {
    settling.redrive(id, reason);
    return one(id);
  }

  /**
   * Sends all again that wait and pass the filter, the oldest first, so many at a time.
   *
   * @param dryRun only tell how many it would be, which is the default
   */
  @PostMapping("/redrive")
  Redrive redriveAll(
      @RequestParam(required = false) @Nullable @Pattern(regexp = NAME) String topic,
      @RequestParam(required = false) @Nullable @Pattern(regexp = NAME) String type,
      @RequestParam(required = false) @Nullable Long orderId,
      @RequestParam(required = false) @Nullable Cause cause,
      @RequestParam(defaultValue = "true") boolean dryRun,
      @Valid @RequestBody Reason reason) {
    var filter = new LetterFilter(LetterStatus.WAITING, topic, type, orderId, cause);
    return settling.redrive(filter, reason, dryRun);
  }

  /** Keeps one for the record, but never sends it again. */
  @PostMapping("/{id}/discard")
  LetterView discard(@PathVariable long id, @Valid @RequestBody Reason reason) {
    settling.discard(id, reason);
    return one(id);
  }
}
