package dev.mall.order.catalogue;

/** How far the catalogue's topic has been read; a boundary, behind which is Kafka. */
@FunctionalInterface
public interface TopicProgress {

  /** Whether all that is in the topic has been handled; false also if that cannot be known now. */
  boolean hasReachedItsEnd();
}
