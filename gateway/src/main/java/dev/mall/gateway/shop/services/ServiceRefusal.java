package dev.mall.gateway.shop.services;

import java.io.Serial;
import org.springframework.http.HttpStatusCode;

/** A service refused a request; nothing was done. The message is the problem's detail. */
public final class ServiceRefusal extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final HttpStatusCode status;

  ServiceRefusal(HttpStatusCode status, String detail) {
    super(detail);
    this.status = status;
  }

  public HttpStatusCode status() {
    return status;
  }

  /** Whether the service says that there is nothing of this name. */
  public boolean isUnknown() {
    return status.value() == 404;
  }
}
