package dev.mall.web.limits;

import dev.mall.web.problem.BodyRefusedException;
import dev.mall.web.problem.CommonProblem;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.BadRequestException;

/** Passes a body on until it is too long, has taken too much time in all, or is not UTF-8. */
final class LimitedInputStream extends ServletInputStream {

  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final long MOST_DISCARDED = 2L * 1024 * 1024;

  private final ServletInputStream body;
  private final long limit;
  private final long end;
  private long read;
  private boolean beyondLimits;
  private boolean broken;

  LimitedInputStream(ServletInputStream body, long limit, Duration within) {
    this.body = body;
    this.limit = limit;
    this.end = System.nanoTime() + within.toNanos();
  }

  /**
   * @param length as the client declares it; negative if it does not
   */
  void expect(long length) {
    beyondLimits = length > limit;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = readUnlimited(bytes, offset, length);
    for (int i = offset; i < offset + count; i++) {
      if (bytes[i] == 0) {
        beyondLimits = true;
        throw new BodyRefusedException(
            CommonProblem.MALFORMED_BODY, "the body is not JSON in UTF-8");
      }
    }
    refuseBeyondLimits(Math.max(count, 0));
    return count;
  }

  private int readUnlimited(byte[] bytes, int offset, int length) throws IOException {
    try {
      return body.read(bytes, offset, length);
    } catch (IOException failure) {
      broken = true;
      throw failure;
    }
  }

  /** Whether the body could not be read to its end: Tomcat answers and closes the connection. */
  boolean isBroken() {
    return broken;
  }

  /**
   * Reads what its handler left, so that the connection can serve another request. A body beyond
   * its limits is read a little further, so that its client can read the refusal.
   *
   * @return whether the body came to its end within the limits
   */
  boolean discard() {
    long stop = beyondLimits ? System.nanoTime() + LINGER.toNanos() : end;
    var rest = new byte[8192];
    long discarded = 0;
    try {
      while (discarded <= MOST_DISCARDED && System.nanoTime() - stop < 0) {
        int count = body.read(rest, 0, rest.length);
        if (count < 0) {
          return true;
        }
        discarded += count;
      }
    } catch (BadRequestException _) {
      broken = true; // Tomcat closes the connection after the answer
    } catch (IOException _) {
      return false; // the client has gone
    }
    return false;
  }

  private void refuseBeyondLimits(int bytes) throws IOException {
    read += bytes;
    beyondLimits = read > limit || System.nanoTime() - end > 0;
    if (read > limit) {
      throw new BodyRefusedException(
          CommonProblem.BODY_TOO_LARGE, "the body is longer than %d bytes".formatted(limit));
    }
    if (beyondLimits) {
      throw new BodyRefusedException(
          CommonProblem.REQUEST_TIMEOUT, "the body did not arrive in time");
    }
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }
}
