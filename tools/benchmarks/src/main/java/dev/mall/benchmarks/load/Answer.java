package dev.mall.benchmarks.load;

/**
 * The answer to an order.
 *
 * @param status of HTTP
 * @param retryAfterSeconds the header of that name; 0 without
 */
public record Answer(int status, int retryAfterSeconds) {

  public static final Answer FINAL = new Answer(200, 0);
}
