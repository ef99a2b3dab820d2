package dev.mall.identifiers;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No id can be made just now without the risk of making it twice. Nothing has happened. */
public final class IdsUnavailable extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  IdsUnavailable(String why) {
    this(why, null);
  }

  IdsUnavailable(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
