package dev.mall.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** Passes on what it reads until it has been too much. */
final class LimitedInputStream extends ServletInputStream {

  private final ServletInputStream body;
  private final long limit;
  private long read;

  LimitedInputStream(ServletInputStream body, long limit) {
    this.body = body;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int next = body.read();
    return next < 0 ? next : counted(1, next);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = body.read(bytes, offset, length);
    return count < 0 ? count : counted(count, count);
  }

  private int counted(int bytes, int result) throws BodyTooLargeException {
    read += bytes;
    if (read > limit) {
      throw new BodyTooLargeException(limit);
    }
    return result;
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
