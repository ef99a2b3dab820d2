package dev.mall.embedded;

/** One broker, which makes the topics that are asked for and missing. */
public interface KafkaServer extends Server {

  String bootstrapServers();
}
