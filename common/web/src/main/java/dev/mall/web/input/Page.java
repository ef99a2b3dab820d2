package dev.mall.web.input;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the {@code cursor} of the following page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /**
   * @param found up to {@code size + 1} rows: the extra one shows that there is a next page
   * @param cursor where the list continues after a row
   */
  public static <T> Page<T> of(List<T> found, int size, Function<T, Cursor> cursor) {
    if (found.size() <= size) {
      return new Page<>(found, null);
    }
    var items = List.copyOf(found.subList(0, size));
    return new Page<>(items, cursor.apply(items.getLast()).toString());
  }

  /** Returns the same page with its items mapped. */
  public <V> Page<V> map(Function<T, V> view) {
    return new Page<>(items.stream().map(view).toList(), next);
  }
}
