package dev.mall.gateway.shop;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step of an order, in plain words.
 *
 * @param detail may be empty
 * @param at when it was done, if that is known
 */
record OrderStep(State state, String title, String detail, @Nullable Instant at) {

  enum State {
    DONE("done"),
    NOW("in progress"),
    NEXT("not yet"),
    ENDED("ended here");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** For people who do not see the drawing. */
    public String words() {
      return words;
    }

    /** The class in the style sheet. */
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
