package dev.mall.gateway.shop.services;

import dev.mall.gateway.routing.Upstream;
import java.io.Serial;

/** A service gave no usable answer; whether it has carried the request out is unknown. */
public final class ServiceSilence extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  ServiceSilence(Upstream upstream, String problem) {
    super("%s %s".formatted(upstream.service(), problem));
  }

  ServiceSilence(Upstream upstream, String problem, Throwable cause) {
    this(upstream, problem);
    initCause(cause);
  }
}
