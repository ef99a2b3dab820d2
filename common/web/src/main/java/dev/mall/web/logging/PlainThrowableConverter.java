package dev.mall.web.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes a stack trace in which each exception's message is on one line. */
public final class PlainThrowableConverter extends ThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy throwable) {
    return super.throwableProxyToString(new Plain(throwable));
  }

  private record Plain(IThrowableProxy throwable) implements IThrowableProxy {

    private static @Nullable IThrowableProxy of(@Nullable IThrowableProxy throwable) {
      return throwable == null ? null : new Plain(throwable);
    }

    @Override
    public @Nullable String getMessage() {
      var message = throwable.getMessage();
      return message == null ? null : PlainText.escaped(message);
    }

    @Override
    public @Nullable String getOverridingMessage() {
      var message = throwable.getOverridingMessage();
      return message == null ? null : PlainText.escaped(message);
    }

    @Override
    public String getClassName() {
      return throwable.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return throwable.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
      return throwable.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
      return of(throwable.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
      return Arrays.stream(throwable.getSuppressed()).map(Plain::new).toArray(Plain[]::new);
    }

    @Override
    public boolean isCyclic() {
      return throwable.isCyclic();
    }
  }
}
