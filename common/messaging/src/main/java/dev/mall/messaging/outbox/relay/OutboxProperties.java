package dev.mall.messaging.outbox.relay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the relay's scans.
 *
 * @param maxBytes bytes read per scan of the outbox, exceeded by at most one message; above zero
 * @param quarantineAfter refusals after which a message that Kafka will never take is put aside,
 *     1–100
 */
@Validated
@ConfigurationProperties("mall.outbox")
public record OutboxProperties(
    @DefaultValue("8MB") DataSize maxBytes,
    @DefaultValue("3") @Min(1) @Max(100) int quarantineAfter) {

  public OutboxProperties {
    if (!(maxBytes.toBytes() > 0)) {
      throw new IllegalArgumentException("mall.outbox.max-bytes must be above zero");
    }
  }
}
