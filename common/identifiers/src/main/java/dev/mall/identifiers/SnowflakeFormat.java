package dev.mall.identifiers;

/**
 * Where the parts of an id stand. The sign bit stays 0.
 *
 * @see <a href="https://github.com/twitter-archive/snowflake/tree/snowflake-2010">Snowflake</a>
 */
final class SnowflakeFormat {

  static final int SEQUENCES = 1 << 12;
  static final long LAST_TIME = (1L << 41) - 1;

  private static final int WORKER_SHIFT = 12;
  private static final int TIME_SHIFT = 22;

  private SnowflakeFormat() {}

  static long id(long time, int worker, int sequence) {
    return time << TIME_SHIFT | (long) worker << WORKER_SHIFT | sequence;
  }

  static long time(long id) {
    return id >>> TIME_SHIFT;
  }

  static int worker(long id) {
    return (int) (id >>> WORKER_SHIFT) & 1023;
  }

  static int sequence(long id) {
    return (int) id & (SEQUENCES - 1);
  }
}
