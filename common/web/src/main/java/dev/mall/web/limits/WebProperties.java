package dev.mall.web.limits;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of size and time for requests and for shutdown.
 *
 * @param maxBody longest body that is taken; above zero
 * @param maxHeader longest value of one header; above zero; all of them together have {@code
 *     server.max-http-request-header-size}
 * @param headersWithin longest time that the request line and the headers may take to arrive; above
 *     zero
 * @param bodyWithin longest time that a body may take to arrive; above zero
 * @param forms patterns of the paths that take forms, as of a login; forms elsewhere are refused
 *     then; none by default, as services take JSON only
 * @param stopWithin longest time from SIGTERM to the end of the process, whatever still runs; above
 *     zero
 */
@ConfigurationProperties("mall.web")
record WebProperties(
    @DefaultValue("64KB") DataSize maxBody,
    @DefaultValue("4KB") DataSize maxHeader,
    @DefaultValue("10s") Duration headersWithin,
    @DefaultValue("20s") Duration bodyWithin,
    @DefaultValue List<String> forms,
    @DefaultValue("40s") Duration stopWithin) {

  WebProperties {
    require(maxBody.toBytes() > 0, "max-body");
    require(maxHeader.toBytes() > 0, "max-header");
    require(headersWithin.isPositive(), "headers-within");
    require(bodyWithin.isPositive(), "body-within");
    require(stopWithin.isPositive(), "stop-within");
  }

  private static void require(boolean isPositive, String property) {
    if (!isPositive) {
      throw new IllegalArgumentException("mall.web.%s must be above zero".formatted(property));
    }
  }
}
