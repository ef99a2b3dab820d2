package dev.mall.contracts;

/** A message between services. Its JSON body is the record's components, by name. */
public sealed interface Message permits Command, Reply, Event {

  /** The Kafka key: messages with one key keep their order. */
  String key();
}
