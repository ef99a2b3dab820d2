package dev.mall.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What requests may be.
 *
 * @param maxBody longest body that is taken; above zero
 */
@ConfigurationProperties("mall.web")
record WebProperties(@DefaultValue("64KB") DataSize maxBody) {

  WebProperties {
    if (maxBody.toBytes() <= 0) {
      throw new IllegalArgumentException("mall.web.max-body must be above zero");
    }
  }
}
