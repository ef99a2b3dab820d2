package dev.mall.web.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over a limit when the reader passes it, likewise bodies that take too long to
 * arrive in all. Outside of every filter that refuses requests, whose bodies are limited, too.
 */
final class RequestLimitFilter extends OncePerRequestFilter {

  private final long maxBytes;
  private final Duration within;

  RequestLimitFilter(WebProperties web) {
    this.maxBytes = web.maxBody().toBytes();
    this.within = web.bodyWithin();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var limited = new Limited(request, maxBytes, within);
    chain.doFilter(limited, response);
    if (hasBody(request) && !request.isAsyncStarted()) {
      drain(limited, response);
    }
  }

  static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  /**
   * Answers, and then reads what the handler left of the body within the limits, because Tomcat
   * would read it without a limit of time. Closes the connection if they are not kept.
   */
  private static void drain(Limited request, HttpServletResponse response) throws IOException {
    var body = request.getInputStream();
    if (body.isFinished() || body.isBroken()) {
      return;
    }
    response.flushBuffer(); // closing it would close the request, too
    if (body.discard()) {
      return;
    }
    if (body.isBroken()) {
      request.setAttribute(BrokenBodyValve.ANSWERED, true);
    } else {
      throw new CloseNowException("the rest of a body did not come in time", null);
    }
  }

  private static final class Limited extends HttpServletRequestWrapper {

    private final long maxBytes;
    private final Duration within;
    private @Nullable LimitedInputStream body;
    private @Nullable BufferedReader reader;

    Limited(HttpServletRequest request, long maxBytes, Duration within) {
      super(request);
      this.maxBytes = maxBytes;
      this.within = within;
    }

    @Override
    public LimitedInputStream getInputStream() throws IOException {
      if (body == null) {
        body = new LimitedInputStream(super.getInputStream(), maxBytes, within);
        body.expect(getContentLengthLong());
      }
      return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      if (reader == null) {
        reader =
            new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
      }
      return reader;
    }
  }
}
