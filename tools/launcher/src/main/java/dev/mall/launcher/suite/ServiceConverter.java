package dev.mall.launcher.suite;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;

/**
 * {@code %service} in a log pattern: from the logger where it is a service's own, else from the
 * thread that writes the line. Lines are formatted by the thread that writes them.
 */
public final class ServiceConverter extends ClassicConverter {

  private static final Pattern OWN =
      Pattern.compile("dev\\.mall\\.(order|inventory|payment|notification|saga|gateway)\\..*");

  @Override
  public String convert(ILoggingEvent event) {
    var own = OWN.matcher(event.getLoggerName());
    return own.matches() ? own.group(1) : ServiceThreads.currentService();
  }
}
