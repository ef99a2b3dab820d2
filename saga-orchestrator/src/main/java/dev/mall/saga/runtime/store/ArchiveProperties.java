package dev.mall.saga.runtime.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When sagas leave the table of daily work.
 *
 * @param after how long ago a saga must have ended; at least 1 m
 */
@ConfigurationProperties("mall.saga.archive")
record ArchiveProperties(@DefaultValue("1d") Duration after) {

  ArchiveProperties {
    if (after.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("mall.saga.archive.after must be at least 1m");
    }
  }
}
