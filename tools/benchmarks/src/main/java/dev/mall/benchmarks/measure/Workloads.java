package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.ClosedLoop;
import dev.mall.benchmarks.load.Idle;
import dev.mall.benchmarks.load.LoadShape;
import dev.mall.benchmarks.load.OpenLoop;
import dev.mall.cli.MallService;
import dev.mall.cli.UsageException;
import dev.mall.contracts.values.CheckoutMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The definitions of the benchmark, in the order in which they are run. */
public final class Workloads {

  public static final String MALL = "mall";
  public static final String FLOOR_A = "floor A";
  public static final String FLOOR_A0 = "floor A0";

  /** Names of workloads that compare the checkout modes begin so. */
  public static final String MODES = "modes";

  /** Names of workloads that compare the mall with and without tokens and gateway begin so. */
  public static final String DOORS = "doors";

  /** Services without an issuer, asked directly. */
  public static final String OPEN = "open";

  /** Services that judge tokens, asked directly. */
  public static final String TOKENS = "tokens";

  /** The services of {@link #TOKENS}, asked through the gateway. */
  public static final String GATEWAY = "gateway";

  private static final ClosedLoop CONNECTIONS = new ClosedLoop(64, false);
  private static final ClosedLoop WAITING = new ClosedLoop(64, true);
  private static final List<Integer> RATES = List.of(5, 20, 50, 100);
  private static final List<String> WITH_FLOOR = List.of(MALL, FLOOR_A);
  private static final List<String> EVERY_MODE =
      Stream.of(CheckoutMode.values()).map(Workloads::mallIn).toList();

  private static final List<String> EVERY_DOOR = List.of(OPEN, TOKENS, GATEWAY);

  /** Of few products and wallets, so that orders and bystanders meet. */
  private static final int SHARED = 20;

  private static final OpenLoop FEW = new OpenLoop(5, true);

  private Workloads() {}

  /** The name of the mall when all orders follow a checkout mode. */
  public static String mallIn(CheckoutMode mode) {
    return MALL + " " + mode;
  }

  /**
   * The checkout modes side by side, in the order in which they are run.
   *
   * @param usual the products and customers of all workloads but those that change them
   */
  public static List<WorkloadDefinition> modes(Assortment usual) {
    var shared = new Assortment(SHARED, 2, SHARED);
    return List.of(
        mode("closed", "64 connections place orders, each waits for its outcome", WAITING, usual),
        mode("hot-sku", "the same, one product in every order", WAITING, usual.asHot()),
        mode(
            "paced-20",
            "20 orders/s at fixed times, each waits for its outcome",
            new OpenLoop(20, true),
            usual),
        frozen("coordinator", MallService.SAGA, shared),
        frozen("participant", MallService.PAYMENT, shared));
  }

  private static WorkloadDefinition mode(
      String name, String title, LoadShape load, Assortment assortment) {
    return new WorkloadDefinition(MODES + "-" + name, title, load, assortment, true, EVERY_MODE);
  }

  private static WorkloadDefinition frozen(
      String role, MallService service, Assortment assortment) {
    return new WorkloadDefinition(
        MODES + "-frozen-" + role,
        "5 orders/s of 20 products and wallets, 10 receipts/s of these products; %s stands still for 10 s"
            .formatted(service.title()),
        FEW,
        assortment,
        true,
        EVERY_MODE,
        Optional.of(service));
  }

  /**
   * Orders without tokens, with tokens and through the gateway, in the order in which they are run.
   *
   * @param usual the products and customers of all workloads but those that change them
   */
  public static List<WorkloadDefinition> doors(Assortment usual) {
    return List.of(
        new WorkloadDefinition(
            DOORS + "-closed",
            "64 connections place orders without waiting for their outcome",
            CONNECTIONS,
            usual,
            true,
            EVERY_DOOR),
        new WorkloadDefinition(
            DOORS + "-paced-20",
            "20 orders/s at fixed times, each is answered once it is accepted",
            new OpenLoop(20, false),
            usual,
            true,
            EVERY_DOOR));
  }

  /**
   * The mall and its yardsticks.
   *
   * @param usual the products and customers of all workloads but those that change them
   */
  public static List<WorkloadDefinition> all(Assortment usual) {
    var all = new ArrayList<WorkloadDefinition>();
    all.add(
        new WorkloadDefinition(
            "B1-closed",
            "64 connections place orders without waiting for their outcome",
            CONNECTIONS,
            usual,
            true,
            List.of(MALL, FLOOR_A, FLOOR_A0)));
    all.add(
        new WorkloadDefinition(
            "B2-hot-sku",
            "the same, one product in every order",
            CONNECTIONS,
            usual.asHot(),
            true,
            WITH_FLOOR));
    for (int rate : RATES) {
      all.add(
          new WorkloadDefinition(
              "B3-paced-" + rate,
              "%d orders/s at fixed times, each waits for its outcome".formatted(rate),
              new OpenLoop(rate, true),
              usual,
              true,
              WITH_FLOOR));
    }
    all.add(new WorkloadDefinition("B3-idle", "no orders", new Idle(), usual, true, WITH_FLOOR));
    all.add(
        new WorkloadDefinition(
            "B5-declined",
            "as B1, every payment is declined",
            CONNECTIONS,
            usual.asPoor(),
            false,
            WITH_FLOOR));
    return all;
  }

  /**
   * Selects workloads by part of their name, in any case.
   *
   * @throws UsageException with all names if there is none
   */
  public static List<WorkloadDefinition> named(List<WorkloadDefinition> all, String part) {
    var lower = part.toLowerCase(Locale.ROOT);
    var chosen =
        all.stream().filter(each -> each.name().toLowerCase(Locale.ROOT).contains(lower)).toList();
    if (chosen.isEmpty()) {
      throw new UsageException(
          "there is no workload '%s'; there are %s"
              .formatted(
                  part,
                  all.stream().map(WorkloadDefinition::name).collect(Collectors.joining(", "))));
    }
    return chosen;
  }
}
