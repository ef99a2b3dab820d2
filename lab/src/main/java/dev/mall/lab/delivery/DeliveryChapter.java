package dev.mall.lab.delivery;

import dev.mall.lab.delivery.outbox.AbandonedSlot;
import dev.mall.lab.delivery.outbox.OutboxGap;
import dev.mall.lab.delivery.outbox.Outboxes;
import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 9: messages between services, and their effects. */
public final class DeliveryChapter {

  private DeliveryChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "delivery",
        "Delivery",
        """
        A crash between two writes to two systems leaves one of them undone, in whichever order they are made. So make them one write: the
        message is stored in the transaction of the state that causes it, and the id of a message in the transaction of its effect. Between
        the two, delivery is at least once, and need not be more.
        """,
        List.of(
            new AtMostOnce(),
            new AtLeastOnce(),
            new IdStoredApart(),
            new KafkaTransaction(),
            new DualWrite(),
            new OutboxGap(),
            new Outboxes(),
            new AbandonedSlot()),
        List.of(
            new Question(
                "Is exactly once possible?",
                """
                As delivery, no: a sender that got no acknowledgement has to send again or give up, and cannot know which is right. As effect, yes,
                wherever the effect and the id of the message are in one transaction:
                [stored replies](delivery/at-least-once.md) in a database, [transactions](delivery/kafka-transaction.md) within Kafka. An effect
                outside, such as a payment at a bank, is once if the bank stores the id.
                """),
            new Question(
                "When does a consumer commit its offset?",
                """
                After its work is committed, and never before: [a loss](delivery/at-most-once.md) cannot be recognized afterwards, and
                [a repeat](delivery/at-least-once.md) can.
                """),
            new Question(
                "Can a set of seen ids in Redis make a consumer idempotent?",
                """
                No. It and the effect are two writes, and [a crash between them](delivery/id-stored-apart.md) loses the message. The id belongs into
                the transaction of the effect.
                """),
            new Question(
                "Is it enough to send the message right after the commit, with retries?",
                """
                No: the process that would retry is the one that ends. [Both orders of two writes](delivery/dual-write.md) fail, and an outbox
                makes them one.
                """),
            new Question(
                "Polling or log-based outbox?",
                """
                Polling, until its table is the bottleneck or a platform runs Debezium anyhow. [The comparison](delivery/outboxes.md) has costs and
                orders; a poller has to mind [the gap](delivery/outbox-gap.md), a log reader
                [the slot that it leaves behind](delivery/abandoned-slot.md).
                """)));
  }
}
