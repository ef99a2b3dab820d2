package dev.mall.chaos.points;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** What {@code -javaagent} starts before the service. */
public final class Agent {

  private Agent() {}

  /**
   * @param directory through which the suite speaks to this process; its file {@code mutations}
   *     names the {@link Mutation}s to apply, if it is there
   */
  public static void premain(String directory, Instrumentation jvm)
      throws UnmodifiableClassException, ClassNotFoundException, IOException {
    var control = Path.of(directory);
    var rewriting = new Rewriting(List.of(Point.values()), mutationsIn(control));
    jvm.addTransformer(rewriting, true);
    jvm.retransformClasses(Clock.class, Class.forName("java.time.Clock$SystemClock"));
    Control.obey(control);
  }

  private static List<Mutation> mutationsIn(Path control) throws IOException {
    var file = control.resolve("mutations");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Mutation::valueOf).toList()
        : List.of();
  }
}
