package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Link;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Release;
import dev.mall.chaos.points.Point;
import dev.mall.verifier.books.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** All the faults there are. */
public final class Faults {

  /** Past the lease of a lock (3 s). */
  private static final Duration PAST_LOCK = Duration.ofSeconds(4);

  /** Past the lease of a relay (5 s). */
  private static final Duration PAST_RELAY = Duration.ofSeconds(6);

  /** Past the session of a consumer (6 s). */
  private static final Duration PAST_SESSION = Duration.ofSeconds(8);

  /** Past what PostgreSQL grants a transaction in which nothing happens (10 s). */
  private static final Duration PAST_TRANSACTION = Duration.ofSeconds(12);

  private static final List<Point> OF_EVERY_SERVICE =
      List.of(
          Point.RELAY_BEFORE_SEND,
          Point.RELAY_IN_BATCH,
          Point.RELAY_BEFORE_REMOVAL,
          Point.IN_TRANSACTION,
          Point.BEFORE_OFFSET_COMMIT);

  private Faults() {}

  /**
   * Each fault once, in a fixed order.
   *
   * @param replicas the names of all
   */
  public static List<Fault> all(List<String> replicas) {
    var all = new ArrayList<Fault>();
    for (var replica : replicas) {
      all.add(new KillReplica(replica));
      all.add(new JumpClock(replica, true));
      all.add(new JumpClock(replica, false));
    }
    for (var service : Service.values()) {
      OF_EVERY_SERVICE.forEach(point -> all.add(new KillAtPoint(point, service)));
      all.addAll(freezes(service));
    }
    all.add(new KillAtPoint(Point.LOCK_HELD, Service.INVENTORY));
    all.add(new FreezeAtPoint("a lock holder", Point.LOCK_HELD, Service.INVENTORY, PAST_LOCK));
    all.add(new KillAtPoint(Point.ANNOUNCE_SWEEP, Service.ORDER));
    all.add(new KillAtPoint(Point.EXPIRY_SWEEP, Service.INVENTORY));
    all.add(new KillAtPoint(Point.DEADLINE_SWEEP, Service.SAGA));
    all.addAll(servers());
    all.addAll(links());
    for (var service : Service.values()) {
      all.add(new LoseName(LoseName.POSTGRES, service));
      all.add(new LoseName(LoseName.KAFKA, service));
      all.add(
          new SlowForAMinute(
              "PostgreSQL", service.title(), mall -> mall.linkToDatabaseOf(service)));
    }
    all.add(new SlowForAMinute("Redis", "", Mall::linkToRedis));
    all.add(new Flood());
    all.add(new ReplayTopics());
    Arrays.stream(Poison.Sort.values()).map(Poison::new).forEach(all::add);
    all.add(new RollingRestart());
    return all;
  }

  /** To today's code and back again, for a mall that runs the release before. */
  public static List<Fault> upgrade(Release before) {
    return List.of(new Roll(Optional.empty()), new Roll(Optional.of(before)));
  }

  /** The one of that name. */
  public static Fault named(Mall mall, String name) {
    return all(mall.names()).stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fault is named " + name));
  }

  /**
   * One of each kind, in the seed's order; crash points in turn, so that each service is killed.
   */
  public static List<Fault> oneOfEachKind(List<String> replicas, long seed) {
    var services = Service.values();
    var kinds = new HashMap<String, Fault>();
    for (var point : OF_EVERY_SERVICE) {
      var service = services[Math.floorMod(seed + kinds.size(), services.length)];
      var fault = new KillAtPoint(point, service);
      kinds.put(fault.kind(), fault);
    }
    var all = eachOnce(replicas, seed);
    all.forEach(fault -> kinds.putIfAbsent(fault.kind(), fault));
    return all.stream().filter(kinds::containsValue).toList();
  }

  /** All of them, in the seed's order. */
  public static List<Fault> eachOnce(List<String> replicas, long seed) {
    return shuffled(all(replicas), seed);
  }

  /** All of them, each as often as its share, in the seed's order. */
  public static List<Fault> inShares(List<String> replicas, long seed) {
    return shuffled(
        all(replicas).stream()
            .flatMap(fault -> Collections.nCopies(fault.share(), fault).stream())
            .toList(),
        seed);
  }

  private static List<Fault> shuffled(List<Fault> faults, long seed) {
    var all = new ArrayList<>(faults);
    Collections.shuffle(all, new Random(seed));
    return all;
  }

  private static List<Fault> freezes(Service service) {
    return List.of(
        new FreezeAtPoint("a relay leader", Point.RELAY_BEFORE_SEND, service, PAST_RELAY),
        new FreezeAtPoint("a consumer", Point.BEFORE_OFFSET_COMMIT, service, PAST_SESSION),
        new FreezeAtPoint("a transaction", Point.IN_TRANSACTION, service, PAST_TRANSACTION));
  }

  private static List<Fault> servers() {
    var all = new ArrayList<Fault>();
    all.add(new RestartPostgres());
    Arrays.stream(RestartKafka.How.values()).map(RestartKafka::new).forEach(all::add);
    all.add(new RestartRedis(false));
    all.add(new RestartRedis(true));
    return all;
  }

  private static List<Fault> links() {
    var all = new ArrayList<Fault>();
    for (var state : List.of(Link.State.CUT, Link.State.HALF_OPEN, Link.State.SLOW)) {
      for (var service : Service.values()) {
        all.add(
            new BreakLink(
                "PostgreSQL", service.title(), state, mall -> mall.linkToDatabaseOf(service)));
      }
      all.add(new BreakLink("Kafka", "", state, Mall::linkToKafka));
      all.add(new BreakLink("Redis", "", state, Mall::linkToRedis));
    }
    return all;
  }
}
