package dev.mall.chaos.agent;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;

/** Starts a service that the suite can hold at a point, and whose clock it can set. */
public final class InstrumentedMain {

  private InstrumentedMain() {}

  /**
   * @param arguments the directory through which the suite speaks to this process, the service's
   *     own main class, and what that is to be given
   */
  public static void main(String... arguments) throws Throwable {
    FaultAgent.obey(Path.of(arguments[0]));
    var service = Class.forName(arguments[1]).getMethod("main", String[].class);
    try {
      service.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
