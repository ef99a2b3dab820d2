package dev.mall.chaos;

import dev.mall.verifier.books.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A campaign as people read it: docs/faults.md. */
final class FaultReport {

  private FaultReport() {}

  static void write(Path file, Profile profile, Chronicle chronicle) throws IOException {
    Files.writeString(file, text(profile, chronicle));
  }

  private static String text(Profile profile, Chronicle chronicle) {
    var all = chronicle.struck();
    var byKind =
        all.stream()
            .collect(Collectors.groupingBy(Struck::kind, TreeMap::new, Collectors.toList()));
    var table = new StringBuilder();
    byKind.forEach((kind, some) -> table.append(row(kind, some)));
    table.append(row("**all**", all));
    return """
    # Faults

    Written by `./mall chaos --profile %s` on %s, seed %d, in %d leg%s, on %s: %,d faults into %,d orders%s.

    Faults strike while customers order, two at a time: beside each that kills a process or holds it still, one that is brief (a
    connection, a clock, Redis, a message that makes no sense). The next one comes when a new order was confirmed, and may find
    the second replica of what was killed still starting. After every %d faults the shop closes its doors; %d seconds later at the latest nothing may be under
    way, and the [verifier](../verifier) judges every order since the leg began: **%d violations**.

    | fault | times | accepted | confirmed | cancelled | sent again | longest wait | recovered: median | longest | violations |
    |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
    %s
    As two strike at a time, a row tells what customers met around such a fault, and not only because of it: each order, each request
    *sent again* and each wait counts once, to the fault that was over next. The *longest wait* is a customer's for an answer. *Recovered* counts from the moment
    in which the fault was over, or the process was started again, until a new order was confirmed.

    ## Where processes were killed

    %s\
    """
        .formatted(
            profile.name(),
            LocalDate.now(ZoneOffset.UTC),
            chronicle.seed(),
            chronicle.nextLeg() - 1,
            chronicle.nextLeg() == 2 ? "" : "s",
            machine(),
            all.size(),
            chronicle.orders(),
            progress(profile, chronicle),
            profile.judgedAfter(),
            Round.SETTLE.toSeconds(),
            all.stream().mapToLong(Struck::violations).max().orElse(0),
            table,
            matrix(all));
  }

  private static String progress(Profile profile, Chronicle chronicle) {
    boolean enough =
        chronicle.struck().size() >= profile.faults() && chronicle.orders() >= profile.orders();
    return enough
        ? ""
        : " so far, of at least %,d and %,d".formatted(profile.faults(), profile.orders());
  }

  /** How often each service was killed at each crash point. */
  private static String matrix(List<Struck> all) {
    var services = Arrays.stream(Service.values()).map(Service::title).toList();
    var matrix = new StringBuilder("| | %s |%n".formatted(String.join(" | ", services)));
    matrix.append("|---|%s%n".formatted("---:|".repeat(services.size())));
    all.stream()
        .map(Struck::kind)
        .filter(kind -> kind.startsWith("SIGKILL at"))
        .distinct()
        .sorted()
        .forEach(kind ->
            matrix.append("| %s | %s |%n".formatted(kind, timesOfEach(services, kind, all))));
    return matrix.toString();
  }

  private static String timesOfEach(List<String> services, String kind, List<Struck> all) {
    return services.stream()
        .map(service ->
            all.stream()
                .filter(one -> one.name().startsWith("%s, %s".formatted(kind, service)))
                .count())
        .map(times -> times == 0 ? "" : times.toString())
        .collect(Collectors.joining(" | "));
  }

  private static String row(String kind, List<Struck> some) {
    return "| %s | %d | %d | %d | %d | %d | %s | %s | %s | %d |%n"
        .formatted(
            kind,
            some.size(),
            sum(some, Struck::accepted),
            sum(some, Struck::confirmed),
            sum(some, Struck::cancelled),
            sum(some, Struck::resent),
            Terminal.seconds(max(some, Struck::stallMillis)),
            Terminal.seconds(median(some)),
            Terminal.seconds(max(some, Struck::recoveryMillis)),
            max(some, Struck::violations));
  }

  private static long sum(List<Struck> some, ToLongFunction<Struck> figure) {
    return some.stream().mapToLong(figure).sum();
  }

  private static long max(List<Struck> some, ToLongFunction<Struck> figure) {
    return some.stream().mapToLong(figure).max().orElse(0);
  }

  private static long median(List<Struck> some) {
    var sorted = some.stream().mapToLong(Struck::recoveryMillis).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
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
