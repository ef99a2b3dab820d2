package dev.mall.web.input;

import dev.mall.web.problem.Problems;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place in a list: after the row with these keys. Opaque to clients, which only send it back. */
public final class Cursor {

  private static final byte VERSION = 1;

  private final long[] keys;

  private Cursor(long[] keys) {
    this.keys = keys;
  }

  /**
   * @param keys what the list is sorted by, of the last row that was shown
   */
  public static Cursor after(long... keys) {
    return new Cursor(keys.clone());
  }

  /**
   * @param text the parameter {@code cursor} as it came; null at the beginning of the list
   * @param keys how many keys the list is sorted by
   * @throws org.springframework.web.ErrorResponseException 400, if it is no cursor of such a list
   */
  public static Optional<Cursor> parse(@Nullable String text, int keys) {
    return Optional.ofNullable(text).map(given -> decoded(given, keys));
  }

  public long key(int index) {
    return keys[index];
  }

  /** The cursor as clients see it. */
  @Override
  public String toString() {
    var bytes = ByteBuffer.allocate(1 + keys.length * Long.BYTES).put(VERSION);
    for (long key : keys) {
      bytes.putLong(key);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static Cursor decoded(String text, int count) {
    var bytes = bytes(text);
    if (bytes.remaining() != 1 + count * Long.BYTES || bytes.get() != VERSION) {
      throw refused();
    }
    var keys = new long[count];
    bytes.asLongBuffer().get(keys);
    return new Cursor(keys);
  }

  private static ByteBuffer bytes(String text) {
    try {
      return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw refused();
    }
  }

  private static RuntimeException refused() {
    return Problems.invalid("cursor", "must be one that this list gave");
  }
}
