package dev.mall.chaos.fault;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.fault.message.PoisonFlood;
import dev.mall.chaos.fault.message.PoisonMessage;
import dev.mall.chaos.fault.message.ReplayTopics;
import dev.mall.chaos.fault.network.ConnectionFailure;
import dev.mall.chaos.fault.network.SlowConnection;
import dev.mall.chaos.fault.network.UnreachablePartition;
import dev.mall.chaos.fault.network.UnresolvableName;
import dev.mall.chaos.fault.process.ClockJump;
import dev.mall.chaos.fault.process.FailedCommit;
import dev.mall.chaos.fault.process.FreezeAtPoint;
import dev.mall.chaos.fault.process.KillAtPoint;
import dev.mall.chaos.fault.process.KillReplica;
import dev.mall.chaos.fault.process.ReleaseRollout;
import dev.mall.chaos.fault.process.RollingRestart;
import dev.mall.chaos.fault.server.KillBrokers;
import dev.mall.chaos.fault.server.PostgresClockStep;
import dev.mall.chaos.fault.server.RestartKafka;
import dev.mall.chaos.fault.server.RestartPostgres;
import dev.mall.chaos.fault.server.RestartRedis;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Release;
import dev.mall.chaos.mall.TcpProxy;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
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

  private static final List<CrashPoint> OF_EVERY_SERVICE =
      List.of(
          CrashPoint.RELAY_BEFORE_SEND,
          CrashPoint.RELAY_IN_BATCH,
          CrashPoint.RELAY_BEFORE_REMOVAL,
          CrashPoint.IN_TRANSACTION,
          CrashPoint.BEFORE_OFFSET_COMMIT);

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
      all.add(new ClockJump(replica, true));
      all.add(new ClockJump(replica, false));
    }
    for (var service : MallService.values()) {
      OF_EVERY_SERVICE.forEach(point -> all.add(new KillAtPoint(point, service)));
      all.addAll(freezes(service));
    }
    all.add(new KillAtPoint(CrashPoint.LOCK_HELD, MallService.INVENTORY));
    all.add(
        new FreezeAtPoint("a lock holder", CrashPoint.LOCK_HELD, MallService.INVENTORY, PAST_LOCK));
    all.add(new KillAtPoint(CrashPoint.ANNOUNCE_SWEEP, MallService.ORDER));
    all.add(new KillAtPoint(CrashPoint.EXPIRY_SWEEP, MallService.INVENTORY));
    all.add(new KillAtPoint(CrashPoint.DEADLINE_SWEEP, MallService.SAGA));
    all.add(new FailedCommit(MallService.INVENTORY));
    all.add(new FailedCommit(MallService.SAGA));
    all.addAll(servers());
    all.addAll(links());
    for (var service : MallService.values()) {
      all.add(new UnresolvableName(UnresolvableName.POSTGRES, service));
      all.add(new UnresolvableName(UnresolvableName.KAFKA, service));
      all.add(
          new SlowConnection("PostgreSQL", service.title(), mall -> mall.databaseProxyOf(service)));
    }
    all.add(new SlowConnection("Redis", "", Mall::redisProxy));
    all.add(new PoisonFlood());
    all.add(new ReplayTopics());
    Arrays.stream(PoisonMessage.Sort.values()).map(PoisonMessage::new).forEach(all::add);
    all.add(new RollingRestart());
    return all;
  }

  /** To today's code and back again, for a mall that runs the release before. */
  public static List<Fault> upgrade(Release before) {
    return List.of(new ReleaseRollout(Optional.empty()), new ReleaseRollout(Optional.of(before)));
  }

  /** For a mall with three Kafka brokers. */
  public static List<Fault> brokers() {
    return List.of(
        new KillBrokers(1),
        new UnreachablePartition(),
        new KillBrokers(2),
        new KillBrokers(1, 2),
        new KillBrokers(3));
  }

  /** Faults that cannot strike on this machine or under this mode, each with the reason. */
  public static List<String> leftOut(CheckoutMode mode) {
    var leftOut = new ArrayList<String>();
    if (!PostgresClockStep.isPossible()) {
      leftOut.add("jumps of PostgreSQL's clock: /usr/lib/*/faketime/libfaketime.so.1 is missing");
    }
    all(List.of())
        .forEach(fault ->
            fault
                .leftOutUnder(mode)
                .map(reason -> "%s: under %s %s".formatted(fault.name(), mode, reason))
                .ifPresent(leftOut::add));
    return leftOut;
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
    var services = MallService.values();
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

  private static List<Fault> freezes(MallService service) {
    return List.of(
        new FreezeAtPoint("a relay leader", CrashPoint.RELAY_BEFORE_SEND, service, PAST_RELAY),
        new FreezeAtPoint("a consumer", CrashPoint.BEFORE_OFFSET_COMMIT, service, PAST_SESSION),
        new FreezeAtPoint("a transaction", CrashPoint.IN_TRANSACTION, service, PAST_TRANSACTION));
  }

  private static List<Fault> servers() {
    var all = new ArrayList<Fault>();
    all.add(new RestartPostgres());
    Arrays.stream(RestartKafka.How.values()).map(RestartKafka::new).forEach(all::add);
    all.add(new RestartRedis(false));
    all.add(new RestartRedis(true));
    if (PostgresClockStep.isPossible()) {
      all.add(new PostgresClockStep(true));
      all.add(new PostgresClockStep(false));
    }
    return all;
  }

  private static List<Fault> links() {
    var all = new ArrayList<Fault>();
    for (var state : List.of(TcpProxy.State.CUT, TcpProxy.State.HALF_OPEN, TcpProxy.State.SLOW)) {
      for (var service : MallService.values()) {
        all.add(
            new ConnectionFailure(
                "PostgreSQL", service.title(), state, mall -> mall.databaseProxyOf(service)));
      }
      all.add(new ConnectionFailure("Kafka", "", state, Mall::kafkaProxy));
      all.add(new ConnectionFailure("Redis", "", state, Mall::redisProxy));
    }
    return all;
  }
}
