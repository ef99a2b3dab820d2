package dev.mall.lab;

import dev.mall.lab.clocks.ClocksChapter;
import dev.mall.lab.consensus.ConsensusChapter;
import dev.mall.lab.delivery.DeliveryChapter;
import dev.mall.lab.detection.DetectionChapter;
import dev.mall.lab.ids.IdsChapter;
import dev.mall.lab.locks.LocksChapter;
import dev.mall.lab.partitions.PartitionsChapter;
import dev.mall.lab.scheduling.SchedulingChapter;
import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Study;
import dev.mall.lab.transactions.TransactionsChapter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every chapter, in the order in which they are read; a test finds a study that is missing. */
final class Chapters {

  static final List<Chapter> ALL =
      List.of(
          LocksChapter.chapter(),
          IdsChapter.chapter(),
          ClocksChapter.chapter(),
          ConsensusChapter.chapter(),
          PartitionsChapter.chapter(),
          DetectionChapter.chapter(),
          DeliveryChapter.chapter(),
          TransactionsChapter.chapter(),
          SchedulingChapter.chapter());

  private Chapters() {}

  static Stream<Study> studies() {
    return ALL.stream().flatMap(chapter -> chapter.studies().stream());
  }

  /** The study of this name, or all of the chapter of this name; empty if there is neither. */
  static Optional<List<Study>> named(String name) {
    var found =
        studies()
            .filter(study -> study.name().equals(name) || study.chapter().equals(name))
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }
}
