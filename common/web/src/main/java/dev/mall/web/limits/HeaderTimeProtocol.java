package dev.mall.web.limits;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long the headers of a request may take to arrive in all. Tomcat's {@code
 * connectionTimeout} starts again with each byte, so a client that sends a byte from time to time
 * keeps its connection. Public, because Tomcat makes it by name.
 */
public final class HeaderTimeProtocol extends Http11NioProtocol {

  private static final long NOT_STARTED = -1;

  private Duration within = Duration.ofSeconds(10);
  private @Nullable ScheduledFuture<?> checks;

  void setHeadersWithin(Duration limit) {
    this.within = limit;
  }

  @Override
  public void start() throws Exception {
    super.start();
    checks =
        getUtilityExecutor()
            .scheduleWithFixedDelay(this::closeLate, 1_000, 500, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    if (checks != null) {
      checks.cancel(false);
    }
    super.stop();
  }

  private void closeLate() {
    getEndpoint().getConnections().stream().filter(this::isLate).forEach(SocketWrapperBase::close);
  }

  /** A processor that is kept between two reads has an incomplete request, or an async one. */
  private boolean isLate(SocketWrapperBase<NioChannel> connection) {
    return connection.getCurrentProcessor() instanceof Http11Processor processor
        && !processor.isAsync()
        && !processor.isUpgrade()
        && processor.getRequest().getStartTimeNanos() != NOT_STARTED
        && System.nanoTime() - processor.getRequest().getStartTimeNanos() > within.toNanos();
  }
}
