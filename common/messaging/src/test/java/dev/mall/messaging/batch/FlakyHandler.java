package dev.mall.messaging.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A handler whose transactions fail at random; its single thread is the batcher's. */
final class FlakyHandler implements BatchHandler<Integer, String> {

  private final Random random;
  private final int poison;
  private final int outagesInTen;
  private final List<Integer> committed = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param poison the last digit of the requests that always fail
   */
  FlakyHandler(Random random, int poison, int outagesInTen) {
    this.random = new Random(random.nextLong());
    this.poison = poison;
    this.outagesInTen = outagesInTen;
  }

  @Override
  public List<String> handle(List<Integer> batch) {
    if (random.nextInt(10) < outagesInTen) {
      throw new IllegalStateException("outage");
    }
    if (batch.stream().anyMatch(this::isPoisonous)) {
      throw new IllegalArgumentException("poison");
    }
    committed.addAll(batch);
    return batch.stream().map(_ -> "done").toList();
  }

  private boolean isPoisonous(int request) {
    return request % 10 == poison;
  }

  @Override
  public String shed(Integer request) {
    return "shed";
  }

  @Override
  public boolean isolates(RuntimeException failure) {
    return failure instanceof IllegalArgumentException;
  }

  @Override
  public Optional<String> failed(Integer request, RuntimeException failure) {
    return isolates(failure) ? Optional.of("failed") : Optional.empty();
  }

  @Override
  public boolean blocks(Integer failed, RuntimeException failure, Integer next) {
    return false;
  }

  /** The results that agree with what was committed. */
  List<String> resultsAllowedFor(int request) {
    return switch (Collections.frequency(committed, request)) {
      case 0 ->
          isPoisonous(request) ? List.of("failed", "outage", "shed") : List.of("outage", "shed");
      case 1 -> List.of("done");
      default -> List.of();
    };
  }
}
