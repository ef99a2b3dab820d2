package dev.mall.saga.desk;

import dev.mall.saga.audit.Reason;
import dev.mall.saga.desk.PauseSteps.Switch;
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
class StepController {

  private final PauseSteps steps;

  StepController(PauseSteps steps) {
    this.steps = steps;
  }

  /** Every step and compensation, in the order a saga asks for them. */
  @GetMapping
  List<Switch> all() {
    return steps.all();
  }

  /** From the next batch on its command is not sent; sagas wait there without a deadline. */
  @PutMapping("/{step}/pause")
  Switch pause(@PathVariable String step, @Valid @RequestBody Reason reason) {
    return steps.pause(step, reason);
  }

  /** Sagas that wait there go on, so many at a time. */
  @PutMapping("/{step}/resume")
  Switch resume(@PathVariable String step, @Valid @RequestBody Reason reason) {
    return steps.resume(step, reason);
  }
}
