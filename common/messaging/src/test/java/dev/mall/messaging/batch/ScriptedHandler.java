package dev.mall.messaging.batch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A handler whose first transaction lasts until the test releases it. */
final class ScriptedHandler implements BatchHandler<Integer, String> {

  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private volatile int poison = -1;

  /** Lets requests fail whose last digit this is. */
  void poison(int lastDigit) {
    poison = lastDigit;
  }

  void awaitBegun() {
    begun.join();
  }

  void release() {
    released.complete(null);
  }

  List<List<Integer>> batches() {
    return batches;
  }

  @Override
  public List<String> handle(List<Integer> batch) {
    batches.add(batch);
    begun.complete(null);
    released.join();
    if (batch.stream().anyMatch(request -> request % 10 == poison)) {
      throw new IllegalArgumentException("poison");
    }
    return batch.stream().map(_ -> "done").toList();
  }

  @Override
  public String shed(Integer request) {
    return "shed";
  }

  @Override
  public boolean isolates(RuntimeException failure) {
    return true;
  }

  @Override
  public Optional<String> failed(Integer request, RuntimeException failure) {
    return Optional.of("failed");
  }

  @Override
  public boolean blocks(Integer failed, RuntimeException failure, Integer next) {
    return failed % 10 == next % 10;
  }
}
