package dev.mall.order.catalogue;

/** The consumer lag of the catalogue's topic; the implementation asks Kafka. */
@FunctionalInterface
public interface TopicProgress {

  /**
   * Returns whether the topic was consumed to its end; false also if that is unknown at present.
   */
  boolean hasReachedItsEnd();
}
