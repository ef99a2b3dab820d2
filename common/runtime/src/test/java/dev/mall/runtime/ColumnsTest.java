package dev.mall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  private record Row(long id, int count, @Nullable Object value, byte[] body) {}

  private static final List<Row> ROWS =
      List.of(new Row(7, 1, Instant.EPOCH, new byte[] {1}), new Row(3, 2, null, new byte[] {2, 3}));

  @Test
  void keepsTheOrderOfTheRows() {
    assertThat(Columns.longs(ROWS, Row::id)).containsExactly(7, 3);
    assertThat(Columns.ints(ROWS, Row::count)).containsExactly(1, 2);
    assertThat(Columns.bytes(ROWS, Row::body)).isDeepEqualTo(new byte[][] {{1}, {2, 3}});
    assertThat(Columns.longs(List.of(5L, 4L))).containsExactly(5, 4);
    assertThat(Columns.texts(List.of("b", "a"))).containsExactly("b", "a");
  }

  @Test
  void writesOtherValuesAsTextAndLeavesNullNull() {
    assertThat(Columns.texts(ROWS, Row::value)).containsExactly("1970-01-01T00:00:00Z", null);
  }
}
