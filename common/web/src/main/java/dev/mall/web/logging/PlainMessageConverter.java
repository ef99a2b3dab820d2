package dev.mall.web.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Writes a message on one line. */
public final class PlainMessageConverter extends MessageConverter {

  /** Explains on several lines why a start failed; no client has a part in it. */
  private static final String START_FAILURES = "org.springframework.boot.diagnostics.";

  @Override
  public String convert(ILoggingEvent event) {
    var message = super.convert(event);
    return message == null || event.getLoggerName().startsWith(START_FAILURES)
        ? message
        : PlainText.escaped(message);
  }
}
