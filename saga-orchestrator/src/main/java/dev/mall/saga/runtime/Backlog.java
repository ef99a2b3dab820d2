package dev.mall.saga.runtime;

/** How far commands and replies have been read, wherever they travel. */
public interface Backlog {

  /**
   * Where something waits that was there when this was called: commands that their participant has
   * not handled, or replies that no replica of this service has. May wait a little for that to
   * change. Everywhere if that cannot be found out.
   */
  Unread unread();
}
