package dev.mall.chaos;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.Faults;
import dev.mall.cli.MallService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Writes a campaign as Markdown: docs/faults.md. */
final class FaultReport {

  /** Further ones are counted, and not listed. */
  private static final int READABLE = 100;

  private FaultReport() {}

  static void write(Path file, ChaosOptions options, CampaignLog log) throws IOException {
    Files.writeString(file, text(options, log));
  }

  private static String text(ChaosOptions options, CampaignLog log) {
    var profile = options.profile();
    var all = log.struck();
    var byKind =
        all.stream()
            .collect(Collectors.groupingBy(FaultResult::kind, TreeMap::new, Collectors.toList()));
    var table = new StringBuilder();
    byKind.forEach((kind, some) -> table.append(row(kind, some, log)));
    table.append(total(log));
    return """
    # Faults

    Written by `%s` on %s, seed %d, in %d leg%s, on %s: %,d faults into %,d orders%s.

    Faults strike under load, two at a time: each that kills or stops a process overlaps with brief ones (a connection, a clock, Redis,
    an unreadable message). The next one begins once a new order was confirmed; the second replica of a killed service may still be
    starting. After every %d faults new orders stop; %d seconds later at the latest nothing may be under
    way, and the [verifier](../tools/verifier) checks every order since the leg began: **%d violations**.
    %s
    | fault | times | accepted | confirmed | cancelled | sent again | longest wait | recovered: median | longest | violations |
    |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
    %s
    A row counts from the beginning of such a fault until a new order was confirmed. Orders and waits during two faults
    count for both, and once in the last row. One order in twelve was cancelled by its customer: before its stock was committed it counts
    as cancelled, later as confirmed, and was returned. The *longest wait* is a customer's for an answer. *Recovered* counts from the end of the
    fault, or the start of the process, until a new order was confirmed; more than %d s after a brief fault, or %d s after another, is a failure.

    ## Where processes were killed

    %s
    %s\
    """
        .formatted(
            options.command(),
            LocalDate.now(ZoneOffset.UTC),
            log.seed(),
            log.nextLeg() - 1,
            log.nextLeg() == 2 ? "" : "s",
            machine(),
            all.size(),
            log.orders(),
            progress(profile, log),
            profile.judgedAfter(),
            Round.SETTLE.toSeconds(),
            log.judged().stream().mapToLong(RoundResult::violations).max().orElse(0),
            leftOut(options),
            table,
            Fault.BRIEF_RECOVERS_WITHIN.toSeconds(),
            Fault.RECOVERS_WITHIN.toSeconds(),
            matrix(all),
            intervals(log));
  }

  private static String leftOut(ChaosOptions options) {
    return Faults.leftOut(options.mode()).stream()
        .map("%nLeft out: %s.%n"::formatted)
        .collect(Collectors.joining());
  }

  private static String progress(Profile profile, CampaignLog log) {
    boolean enough = log.struck().size() >= profile.faults() && log.orders() >= profile.orders();
    return enough
        ? ""
        : " so far, of at least %,d and %,d".formatted(profile.faults(), profile.orders());
  }

  /** How often each service was killed at each crash point. */
  private static String matrix(List<FaultResult> all) {
    var services = Arrays.stream(MallService.values()).map(MallService::title).toList();
    var matrix = new StringBuilder("| | %s |%n".formatted(String.join(" | ", services)));
    matrix.append("|---|%s%n".formatted("---:|".repeat(services.size())));
    all.stream()
        .map(FaultResult::kind)
        .filter(kind -> kind.startsWith("SIGKILL at"))
        .distinct()
        .sorted()
        .forEach(kind ->
            matrix.append("| %s | %s |%n".formatted(kind, timesOfEach(services, kind, all))));
    return matrix.toString();
  }

  private static String timesOfEach(List<String> services, String kind, List<FaultResult> all) {
    return services.stream()
        .map(service ->
            all.stream()
                .filter(one -> one.name().startsWith("%s, %s".formatted(kind, service)))
                .count())
        .map(times -> times == 0 ? "" : times.toString())
        .collect(Collectors.joining(" | "));
  }

  /** When each struck, of a campaign that is short enough to be read. */
  private static String intervals(CampaignLog log) {
    if (log.struck().size() > READABLE) {
      return "";
    }
    var intervals =
        new StringBuilder(
            "\n## When each struck\n\n| from | until | fault | beside |\n|---:|---:|---|---|\n");
    for (var round : log.judged()) {
      round.struck().stream()
          .sorted(Comparator.comparingLong(FaultResult::fromMillis))
          .forEach(one -> intervals.append(interval(one, round.struck())));
    }
    return intervals.toString();
  }

  private static String interval(FaultResult one, List<FaultResult> round) {
    return "| %s | %s | %s | %s |%n"
        .formatted(
            seconds(one.fromMillis()),
            seconds(one.untilMillis()),
            one.name(),
            round.stream()
                .filter(other -> !other.equals(one) && other.isBeside(one))
                .map(FaultResult::name)
                .collect(Collectors.joining("; ")));
  }

  private static String total(CampaignLog log) {
    var rounds = log.judged();
    return row(
        new FaultResult(
            "**all**",
            "",
            0,
            0,
            log.orders(),
            rounds.stream().mapToInt(RoundResult::confirmed).sum(),
            rounds.stream().mapToInt(RoundResult::cancelled).sum(),
            rounds.stream().mapToInt(RoundResult::resent).sum(),
            rounds.stream().mapToLong(RoundResult::stallMillis).max().orElse(0),
            0),
        log.struck(),
        rounds.stream().mapToLong(RoundResult::violations).max().orElse(0));
  }

  private static String row(String kind, List<FaultResult> some, CampaignLog log) {
    var sum =
        new FaultResult(
            kind,
            "",
            0,
            0,
            (int) sum(some, FaultResult::accepted),
            (int) sum(some, FaultResult::confirmed),
            (int) sum(some, FaultResult::cancelled),
            (int) sum(some, FaultResult::resent),
            max(some, FaultResult::stallMillis),
            0);
    long violations =
        log.judged().stream()
            .filter(round -> round.struck().stream().anyMatch(some::contains))
            .mapToLong(RoundResult::violations)
            .max()
            .orElse(0);
    return row(sum, some, violations);
  }

  private static String row(FaultResult sum, List<FaultResult> some, long violations) {
    return "| %s | %d | %d | %d | %d | %d | %s | %s | %s | %d |%n"
        .formatted(
            sum.kind(),
            some.size(),
            sum.accepted(),
            sum.confirmed(),
            sum.cancelled(),
            sum.resent(),
            seconds(sum.stallMillis()),
            seconds(median(some)),
            seconds(max(some, FaultResult::recoveryMillis)),
            violations);
  }

  private static long sum(List<FaultResult> some, ToLongFunction<FaultResult> figure) {
    return some.stream().mapToLong(figure).sum();
  }

  private static long max(List<FaultResult> some, ToLongFunction<FaultResult> figure) {
    return some.stream().mapToLong(figure).max().orElse(0);
  }

  private static long median(List<FaultResult> some) {
    var sorted = some.stream().mapToLong(FaultResult::recoveryMillis).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  static String seconds(long millis) {
    return "%.1f s".formatted(millis / 1_000.0);
  }

  private static String machine() {
    var runtime = Runtime.getRuntime();
    return "%d cores, %s %s, Java %s"
        .formatted(
            runtime.availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch").toLowerCase(Locale.ROOT),
            System.getProperty("java.version"));
  }
}
