package dev.mall.saga.operator.sagas;

import dev.mall.saga.operator.sagas.PauseSteps.Switch;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Lists paused steps in the health report. The service is up: a pause is intended. */
@Component("steps")
class StepsHealth implements HealthIndicator {

  private final PauseSteps steps;

  StepsHealth(PauseSteps steps) {
    this.steps = steps;
  }

  @Override
  public Health health() {
    var paused = steps.all().stream().filter(step -> step.paused() != null).map(Switch::step);
    return Health.up().withDetail("paused", paused.toList()).build();
  }
}
