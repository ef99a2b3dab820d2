package dev.mall.benchmarks.load;

/**
 * The clients' view of one window.
 *
 * @param answered orders whose answer came within the window
 * @param shed requests that were answered 503
 * @param failed requests without an answer, with another status, or not final in time
 * @param latency from the time at which a request was due, for requests due within the window
 */
public record LoadFigures(long answered, long shed, long failed, Latency latency) {}
