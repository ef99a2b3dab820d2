package dev.mall.web.input;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a list.
 *
 * @param next the {@code cursor} of the following piece; null at the end of the list
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /**
   * @param found up to {@code size + 1} rows: the one too many tells that there is more
   * @param cursor where the list goes on after a row
   */
  public static <T> Page<T> of(List<T> found, int size, Function<T, Cursor> cursor) {
    if (found.size() <= size) {
      return new Page<>(found, null);
    }
    var items = List.copyOf(found.subList(0, size));
    return new Page<>(items, cursor.apply(items.getLast()).toString());
  }

  /** The same page, its items shown otherwise. */
  public <V> Page<V> map(Function<T, V> view) {
    return new Page<>(items.stream().map(view).toList(), next);
  }
}
