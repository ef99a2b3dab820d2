package dev.mall.lab.detection;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 8: failure detection. */
public final class DetectionChapter {

  private DetectionChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "detection",
        "Failure detection",
        """
        Silence proves nothing: each time-out trades false suspicions for detection time, and adaptive detectors choose the point by the arrivals
        that they see. Give each reaction a threshold of its own, ask from another place before accusing, and fence whatever cannot be taken back.
        """,
        List.of(
            new FixedTimeoutOnASlowNetwork(),
            new OneTimeoutForTwoDecisions(),
            new OneBrokenLink(),
            new TradeOff()),
        List.of(
            new Question(
                "Which time-out?",
                """
                Begin with the longest silence of a healthy process that has to be tolerated: its longest pause, or as many lost heartbeats in a row as the
                loss rate makes likely, and the delay of the network. Detection is never faster than that, with any detector:
                [the trade-off on recorded traces](detection/trade-off.md). If delays are unknown or vary, let the
                detector learn them ([phi accrual](detection/fixed-timeout-on-a-slow-network.md)). If a time-out fits no reaction, there are two decisions in it:
                [separate them](detection/one-time-out-for-two-decisions.md).
                """),
            new Question(
                "Is a process that does not answer dead?",
                """
                It cannot be known. It may be paused, slow, or reachable by others ([one broken link](detection/one-broken-link.md)). Act so that a wrong
                suspicion costs time and not data: with fencing tokens, as for [a lease that expired](locks/lease-expiry.md).
                """)));
  }
}
