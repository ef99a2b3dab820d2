package dev.mall.identifiers;

import java.io.Serial;
import org.springframework.dao.TransientDataAccessResourceException;

/** No id can be made now; the caller may retry, as after other failures of the environment. */
public final class IdsUnavailable extends TransientDataAccessResourceException {

  @Serial private static final long serialVersionUID = 1L;

  IdsUnavailable(String why) {
    super(why);
  }

  IdsUnavailable(String why, Throwable cause) {
    super(why, cause);
  }
}
