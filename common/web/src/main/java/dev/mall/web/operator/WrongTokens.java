package dev.mall.web.operator;

import dev.mall.web.logging.ThrottledLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts requests with a wrong operator token, and logs them once a minute at most. */
final class WrongTokens {

  private static final Logger log = LoggerFactory.getLogger(WrongTokens.class);

  private final Counter counter;
  private final ThrottledLog throttled = new ThrottledLog();

  WrongTokens(MeterRegistry meters) {
    this.counter =
        Counter.builder("mall.operator.wrong.tokens")
            .description("Requests with a wrong operator token")
            .register(meters);
  }

  void count() {
    counter.increment();
    throttled.count(times -> log.warn("{} requests came with a wrong operator token", times));
  }
}
