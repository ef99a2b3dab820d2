package dev.mall.lab.detection;

import static dev.mall.lab.detection.HeartbeatTrace.INTERVAL;

import dev.mall.lab.detection.HeartbeatTrace.Heartbeat;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Decides by the arrivals of the past when a silent process is suspected. All detectors have this
 * form; they differ in the share of the past that they use.
 */
@FunctionalInterface
interface FailureDetector {

  /** The standard deviation that a detector assumes at least, as Akka does. */
  double SMALLEST_DEVIATION = INTERVAL / 10.0;

  /** The time at which the process is suspected, unless another heartbeat arrives before. */
  double suspectsAt(Past past);

  /** The same time after each heartbeat. */
  static FailureDetector fixed(double timeout) {
    return past -> past.latest() + timeout;
  }

  /**
   * A margin after the expected arrival of the next heartbeat.
   *
   * @see <a href="https://doi.org/10.1109/TC.2002.1004595">Chen, Toueg and Aguilera (2002)</a>
   */
  static FailureDetector adaptive(double margin) {
    return past -> past.nextExpected() + margin;
  }

  /**
   * The time at which a heartbeat that is still to come would be as late as one in 10^threshold, if
   * intervals have a normal distribution.
   *
   * @see <a href="https://doi.org/10.1109/RELDIS.2004.1353004">Hayashibara et al. (2004)</a>
   */
  static FailureDetector phi(double threshold) {
    double deviations =
        NormalDistribution.of(0, 1).inverseSurvivalProbability(Math.pow(10, -threshold));
    return past ->
        past.latest() + past.mean() + deviations * Math.max(SMALLEST_DEVIATION, past.deviation());
  }

  /** The same for an exponential distribution, as in Cassandra: a multiple of the mean interval. */
  static FailureDetector exponentialPhi(double threshold) {
    return past -> past.latest() + threshold * Math.log(10) * past.mean();
  }

  /**
   * The arrivals that a detector remembers, in milliseconds.
   *
   * @param latest the last arrival
   * @param mean of the intervals between two arrivals
   * @param deviation their standard deviation
   * @param nextExpected the mean of all arrivals, each moved by the intervals that lie between it
   *     and the next heartbeat
   */
  record Past(double latest, double mean, double deviation, double nextExpected) {

    /**
     * @param window two arrivals at least, in order
     */
    static Past of(List<Heartbeat> window) {
      var last = window.getLast();
      int next = last.number() + 1;
      int count = window.size() - 1;
      double mean = (last.arrivedAt() - window.getFirst().arrivedAt()) / count;
      double squares = 0;
      double expected = 0;
      for (int i = 0; i < window.size(); i++) {
        var arrival = window.get(i);
        expected += arrival.arrivedAt() + (next - arrival.number()) * (double) INTERVAL;
        if (i > 0) {
          double interval = arrival.arrivedAt() - window.get(i - 1).arrivedAt();
          squares += (interval - mean) * (interval - mean);
        }
      }
      return new Past(last.arrivedAt(), mean, Math.sqrt(squares / count), expected / window.size());
    }
  }
}
