package dev.mall.lab.detection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Heartbeats of a process until it was killed, as {@link RecordHeartbeats} found them. Times are
 * milliseconds since the recording began, on the one clock of the host.
 *
 * @param heartbeats in the order in which they were sent
 */
public record HeartbeatTrace(String name, List<Heartbeat> heartbeats, double crashedAt) {

  /** The interval at which heartbeats are due, in milliseconds. */
  public static final int INTERVAL = 100;

  public HeartbeatTrace {
    heartbeats = List.copyOf(heartbeats);
  }

  /**
   * @param number of the interval in which it was due; those of a paused process are missing
   * @param arrivedAt {@link #LOST} if it never arrived
   */
  public record Heartbeat(int number, double sentAt, double arrivedAt) {

    public static final double LOST = Double.POSITIVE_INFINITY;

    public boolean isLost() {
      return arrivedAt == LOST;
    }
  }

  /** The resource of this name. */
  static HeartbeatTrace load(String name) {
    var resource =
        Objects.requireNonNull(
            HeartbeatTrace.class.getResourceAsStream("/heartbeats/%s.csv".formatted(name)), name);
    try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return parse(name, lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static HeartbeatTrace parse(String name, List<String> lines) {
    var heartbeats = new ArrayList<Heartbeat>();
    for (var line : lines.subList(1, lines.size() - 1)) {
      var cells = line.split(",", -1);
      heartbeats.add(
          new Heartbeat(
              Integer.parseInt(cells[0]),
              Double.parseDouble(cells[1]),
              cells[2].isEmpty() ? Heartbeat.LOST : Double.parseDouble(cells[2])));
    }
    var last = lines.getLast().split(",", -1);
    if (!last[0].equals("killed")) {
      throw new IllegalArgumentException("the last line of %s is no crash".formatted(name));
    }
    return new HeartbeatTrace(name, heartbeats, Double.parseDouble(last[1]));
  }

  /** The content of the file, which {@link #parse} reads. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("number,sent,arrived");
    for (var heartbeat : heartbeats) {
      lines.add(
          "%d,%s,%s"
              .formatted(
                  heartbeat.number(),
                  millis(heartbeat.sentAt()),
                  heartbeat.isLost() ? "" : millis(heartbeat.arrivedAt())));
    }
    lines.add("killed,%s,".formatted(millis(crashedAt)));
    return lines;
  }

  private static String millis(double time) {
    return String.format(Locale.ROOT, "%.1f", time);
  }

  /** In the order of arrival, without those that a later heartbeat overtook. */
  List<Heartbeat> arrivals() {
    var arrived = new ArrayList<Heartbeat>();
    heartbeats.stream()
        .filter(heartbeat -> !heartbeat.isLost())
        .sorted(Comparator.comparingDouble(Heartbeat::arrivedAt))
        .forEach(heartbeat -> {
          if (arrived.isEmpty() || arrived.getLast().number() < heartbeat.number()) {
            arrived.add(heartbeat);
          }
        });
    return arrived;
  }
}
