package dev.mall.testing;

import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** How many pages a statement looks at, which unlike its time is the same on every machine. */
public final class Buffers {

  /** Stands before a statement that {@link #of} runs. */
  public static final String EXPLAIN = "explain (analyze, buffers) ";

  private static final Pattern TOUCHED =
      Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

  private Buffers() {}

  /**
   * @param explained begins with {@link #EXPLAIN}
   */
  public static long of(StatementSpec explained) {
    var plan = String.join("\n", explained.query(String.class).list());
    var touched = TOUCHED.matcher(plan);
    if (!touched.find()) {
      throw new AssertionError(plan);
    }
    return number(touched.group(1)) + number(touched.group(2));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
