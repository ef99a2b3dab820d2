package dev.mall.chaos;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.mall.Release;
import dev.mall.chaos.mall.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The mall in which faults strike: the usual one, or one of a scenario with faults of its own. */
enum MallSetup {
  USUAL,
  /** Begins with the release before, which is rolled to this build and back. */
  UPGRADE,
  /** Three Kafka brokers, of which two must have a record before it is acknowledged. */
  BROKERS;

  /** The scenario that {@code --only} names, or the usual mall. */
  static MallSetup of(Optional<String> only) {
    return Arrays.stream(values())
        .filter(setup -> setup != USUAL && only.filter(setup.title()::equals).isPresent())
        .findFirst()
        .orElse(USUAL);
  }

  private String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  Topology applyTo(Topology usual) {
    return switch (this) {
      case USUAL -> usual;
      case UPGRADE -> Release.previous().map(usual::beginningWith).orElse(usual);
      case BROKERS -> usual.withBrokers(3);
    };
  }

  /** Faults of the scenario; none if it lacks what it takes. */
  List<Fault> faults() {
    return switch (this) {
      case USUAL -> List.of();
      case UPGRADE -> Release.previous().map(Faults::upgrade).orElse(List.of());
      case BROKERS -> Faults.brokers();
    };
  }
}
