package dev.mall.saga.runtime;

import java.util.Set;

/** How far commands and replies have been read, wherever they travel. */
public interface Answers {

  /**
   * The topics on which something waits that was there when this was called: commands that their
   * participant has not handled, or replies that no replica of this service has. May wait a little
   * for that to change. All of them if nobody can tell.
   */
  Set<String> unread();
}
