package dev.mall.verifier.accepted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down each order at the moment in which its acceptance is known: a line of JSON each, added
 * to what is there. Safe for several threads; a line is in the file when {@link #accepted} returns,
 * so that a killed writer loses nothing it was told.
 */
public final class Journal implements AutoCloseable {

  private final JsonMapper json = JsonMapper.shared();
  private final FileChannel file;

  private Journal(FileChannel file) {
    this.file = file;
  }

  public static Journal open(Path file) {
    try {
      return new Journal(
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param key the request's Idempotency-Key, if it had one
   */
  public synchronized void accepted(String customerId, @Nullable String key, String id) {
    var order = new AcceptedOrder(customerId, key, id, Instant.now().toString());
    var line =
        ByteBuffer.wrap((json.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        file.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
