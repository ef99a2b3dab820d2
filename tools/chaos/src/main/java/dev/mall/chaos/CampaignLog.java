package dev.mall.chaos;

import dev.mall.cli.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The progress of a campaign in a file: its seed, and a line for each judged round. A later leg
 * continues where the file ends.
 */
final class CampaignLog {

  private final JsonMapper json = JsonMapper.shared();
  private final Path file;
  private final long seed;
  private final List<RoundResult> judged;

  private record Head(long seed) {}

  private CampaignLog(Path file, long seed, List<RoundResult> judged) {
    this.file = file;
    this.seed = seed;
    this.judged = new ArrayList<>(judged);
  }

  /** Begins a campaign, and overwrites the file of an earlier one. */
  static CampaignLog begin(Path file, long seed) {
    var log = new CampaignLog(file, seed, List.of());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, log.json.writeValueAsString(new Head(seed)) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log;
  }

  static CampaignLog goOn(Path file) {
    if (!Files.exists(file)) {
      throw new UsageException("there is nothing to resume: no " + file);
    }
    var json = JsonMapper.shared();
    try {
      var lines = Files.readAllLines(file);
      var judged =
          lines.stream().skip(1).map(line -> json.readValue(line, RoundResult.class)).toList();
      if (judged.stream().anyMatch(one -> one.violations() > 0)) {
        throw new UsageException(
            "the last leg ended with something broken, which another cannot mend; leave --resume"
                + " out");
      }
      return new CampaignLog(file, json.readValue(lines.getFirst(), Head.class).seed(), judged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(RoundResult round) {
    try {
      Files.writeString(file, json.writeValueAsString(round) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    judged.add(round);
  }

  long seed() {
    return seed;
  }

  List<FaultResult> struck() {
    return judged.stream().flatMap(round -> round.struck().stream()).toList();
  }

  List<RoundResult> judged() {
    return List.copyOf(judged);
  }

  int orders() {
    return judged.stream().mapToInt(RoundResult::accepted).sum();
  }

  /** The number of the leg that comes next. */
  int nextLeg() {
    return judged.stream().mapToInt(RoundResult::leg).max().orElse(0) + 1;
  }
}
