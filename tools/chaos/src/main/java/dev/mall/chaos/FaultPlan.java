package dev.mall.chaos;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.Faults;
import dev.mall.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which faults strike, in the seed's order; the same for the same options, replicas and seed. */
final class FaultPlan {

  private final ChaosOptions options;
  private final List<String> replicas;
  private final long seed;

  /**
   * @param replicas the names of all
   */
  FaultPlan(ChaosOptions options, List<String> replicas, long seed) {
    this.options = options;
    this.replicas = replicas;
    this.seed = seed;
  }

  /**
   * @throws UsageException if no fault is named as the options say
   */
  static void refuseIfEmpty(ChaosOptions options, List<String> replicas) {
    if (new FaultPlan(options, replicas, 0).turn(0).isEmpty()) {
      if (options.setup() == MallSetup.UPGRADE) {
        throw new UsageException("there are no jars of the release before");
      }
      throw new UsageException("no fault is named like '%s'".formatted(options.only().orElse("")));
    }
  }

  /** Whether it is over after so many faults and orders. */
  boolean isDone(int faults, int orders) {
    var profile = options.profile();
    return profile.isOneOfEachKind()
        ? faults >= turn(0).size() * options.times()
        : faults >= profile.faults() && orders >= profile.orders();
  }

  /** Those of the next round: all faults in turn, shuffled for each round. */
  List<Fault> next(int from) {
    var some = new ArrayList<Fault>();
    int size = turn(0).size();
    for (int i = from; some.size() < judgedAfter(); i++) {
      some.add(turn(i / size).get(i % size));
      boolean last = i % size == size - 1;
      if (last && options.profile().isOneOfEachKind()) {
        break;
      }
    }
    return some;
  }

  /** Each rollout is judged by itself. */
  private int judgedAfter() {
    return options.setup() == MallSetup.UPGRADE ? 1 : options.profile().judgedAfter();
  }

  private List<Fault> turn(int number) {
    if (options.setup() != MallSetup.USUAL) {
      return options.setup().faults();
    }
    return all(seed + number).stream().filter(this::isWanted).toList();
  }

  private List<Fault> all(long seed) {
    if (!options.profile().isOneOfEachKind()) {
      return Faults.inShares(replicas, seed);
    }
    return options.only().isEmpty()
        ? Faults.oneOfEachKind(replicas, seed)
        : Faults.eachOnce(replicas, seed);
  }

  private boolean isWanted(Fault fault) {
    var names = (fault.kind() + "\n" + fault.name()).toLowerCase(Locale.ROOT);
    return fault.leftOutUnder(options.mode()).isEmpty()
        && options.only().map(names::contains).orElse(true);
  }
}
