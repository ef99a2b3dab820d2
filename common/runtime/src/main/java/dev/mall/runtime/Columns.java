package dev.mall.runtime;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Array parameters for {@code unnest(…)} and {@code any(…)}, one element per row, and values of
 * result rows that JDBC does not return in the type in which they are used.
 */
public final class Columns {

  private Columns() {}

  /** Texts; other values in their string form. */
  public static <T> @Nullable String[] texts(
      Collection<T> rows, Function<? super T, ? extends @Nullable Object> column) {
    return rows.stream()
        .map(row -> Objects.toString(column.apply(row), null))
        .toArray(String[]::new);
  }

  public static String[] texts(Collection<String> values) {
    return values.toArray(String[]::new);
  }

  public static <T> long[] longs(Collection<T> rows, ToLongFunction<? super T> column) {
    return rows.stream().mapToLong(column).toArray();
  }

  public static long[] longs(Collection<Long> values) {
    return longs(values, Long::longValue);
  }

  public static <T> int[] ints(Collection<T> rows, ToIntFunction<? super T> column) {
    return rows.stream().mapToInt(column).toArray();
  }

  public static <T> byte[][] bytes(Collection<T> rows, Function<? super T, byte[]> column) {
    return rows.stream().map(column).toArray(byte[][]::new);
  }

  /** A text array of a row. */
  public static List<String> textList(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /** A {@code timestamptz} that is not null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant nullableInstant(ResultSet row, String column)
      throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
