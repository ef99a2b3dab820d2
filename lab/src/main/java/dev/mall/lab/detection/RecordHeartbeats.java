package dev.mall.lab.detection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Records the traces of this chapter once more, which takes four minutes. In the root folder of the
 * repository, after {@code ./mall lab} has built it:
 *
 * <pre>{@code
 * java -cp "lab/target/mall-lab.jar:$(cat lab/target/class-path)" \
 *   dev.mall.lab.detection.RecordHeartbeats lab/src/main/resources/heartbeats
 * }</pre>
 */
final class RecordHeartbeats {

  private static final Duration LENGTH = Duration.ofSeconds(60);

  private static final List<Integer> PAUSES = List.of(300, 700, 200, 900, 400, 600, 500, 800);

  static final List<Conditions> ALL =
      List.of(
          new Conditions("steady", 0, 0, List.of()),
          new Conditions("pauses", 0, 0, PAUSES),
          new Conditions("loss", 0.1, 0, List.of()),
          new Conditions("drift", 0, 150, List.of()));

  private RecordHeartbeats() {}

  /**
   * The faults of a trace.
   *
   * @param loss probability that a heartbeat is lost
   * @param delay mean delay of a heartbeat at the end, in milliseconds, which is reached steadily
   * @param pauses lengths of the pauses of the process, in milliseconds, at equal distances
   */
  record Conditions(String name, double loss, double delay, List<Integer> pauses) {}

  /**
   * @param arguments the folder for the files
   */
  public static void main(String... arguments) throws Exception {
    var folder = Files.createDirectories(Path.of(arguments[0]));
    for (var conditions : ALL) {
      HeartbeatTrace trace;
      try (var recording = new HeartbeatRecording(conditions, LENGTH)) {
        trace = recording.run();
      }
      Files.write(folder.resolve(conditions.name() + ".csv"), trace.lines());
    }
  }
}
