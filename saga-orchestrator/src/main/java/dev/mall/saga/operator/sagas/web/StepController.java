package dev.mall.saga.operator.sagas.web;

import dev.mall.saga.operator.audit.Reason;
import dev.mall.saga.operator.sagas.PauseSteps;
import dev.mall.saga.operator.sagas.PauseSteps.Switch;
import dev.mall.saga.operator.sagas.SagaRefused;
import dev.mall.web.openapi.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The switches: which steps are held back. */
@RestController
@RequestMapping("/steps")
@Tag(name = "Steps")
class StepController {

  private final PauseSteps steps;

  StepController(PauseSteps steps) {
    this.steps = steps;
  }

  /** Every step and compensation, in the order a saga asks for them. */
  @GetMapping
  @Operation(
      summary = "All steps",
      description =
          "Every step and compensation in the order of the checkout, and which are paused.")
  List<Switch> all() {
    return steps.all();
  }

  /** From the next batch on its command is not sent; sagas wait there without a deadline. */
  @PutMapping("/{step}/pause")
  @Operation(
      summary = "Pause a step",
      description =
          "From the next batch on its command is not sent; sagas wait there without a deadline.")
  @Refuses(SagaRefused.UnknownStep.class)
  Switch pause(
      @Parameter(description = "The step's name.", example = "refund") @PathVariable String step,
      @Valid @RequestBody Reason reason) {
    return steps.pause(step, reason);
  }

  /** Sagas that wait there continue, a batch at a time. */
  @PutMapping("/{step}/resume")
  @Operation(
      summary = "Resume a step",
      description = "Sagas that wait there continue, a batch at a time.")
  @Refuses(SagaRefused.UnknownStep.class)
  Switch resume(
      @Parameter(description = "The step's name.", example = "refund") @PathVariable String step,
      @Valid @RequestBody Reason reason) {
    return steps.resume(step, reason);
  }
}
