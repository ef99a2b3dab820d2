package dev.mall.benchmarks.floor;

import dev.mall.cli.ShutdownHook;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Holds a yardstick's processes as the benchmark does, and prints their ids. */
public final class RunningFloor {

  private RunningFloor() {}

  /**
   * @param arguments a new directory, and whether to fail once all is running
   */
  public static void main(String... arguments) {
    var hook = new ShutdownHook();
    hook.atJvmEnd();
    System.exit(hook.whileDoing(() -> hold(Path.of(arguments[0]), arguments[1].equals("fail"))));
  }

  private static int hold(Path home, boolean fails) throws InterruptedException {
    try (var floor = FloorSystem.start(home)) {
      System.out.println(
          floor.processes().stream().map(Object::toString).collect(Collectors.joining(" ")));
      if (fails) {
        throw new IllegalStateException("as a failed measurement does");
      }
      new CountDownLatch(1).await();
      return floor.processes().size();
    }
  }
}
