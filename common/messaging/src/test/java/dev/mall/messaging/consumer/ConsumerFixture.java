package dev.mall.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.Records;
import dev.mall.messaging.Servers;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.OutboundMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole kit in an application, with servers of its own. */
abstract class ConsumerFixture {

  static final AtomicLong ORDERS = new AtomicLong(1);

  static Servers servers;
  static ConfigurableApplicationContext application;
  static JdbcClient jdbc;

  final MessageCodec codec = new MessageCodec("test");

  @BeforeAll
  static void start() {
    servers = new Servers();
    var database = servers.newDatabase();
    application =
        SpringApplication.run(
            ProbeApplication.class,
            "--spring.application.name=probe",
            "--spring.config.import=classpath:mall-messaging.yml",
            "--spring.datasource.url=" + servers.postgres.jdbcUrl(database),
            "--spring.datasource.username=" + database,
            "--spring.datasource.password=" + servers.postgres.password(),
            "--spring.kafka.bootstrap-servers=" + servers.kafka.bootstrapServers(),
            "--spring.main.web-application-type=none",
            "--spring.flyway.enabled=false");
    jdbc = application.getBean(JdbcClient.class);
    jdbc.sql("create table handled (message_id uuid, order_id bigint, traceparent text)").update();
  }

  @AfterAll
  static void stop() {
    application.close();
    servers.close();
  }

  ProducerRecord<String, byte[]> unreadable(String key, byte[] body) {
    return Records.outgoing(
        Topics.ORDER_EVENTS,
        key,
        headers(UUID.randomUUID(), new OrderConfirmed(1), Map.of()),
        body);
  }

  static String idOf(ProducerRecord<?, ?> record) {
    return new String(record.headers().lastHeader(Headers.ID).value(), StandardCharsets.UTF_8);
  }

  UUID send(Message message) throws Exception {
    var id = UUID.randomUUID();
    servers.send(
        Topics.of(message), message.key(), headers(id, message, Map.of()), codec.body(message));
    return id;
  }

  String sendRaw(Map<String, String> overrides, String body) throws Exception {
    var id = UUID.randomUUID();
    servers.send(
        Topics.ORDER_EVENTS,
        "raw",
        headers(id, new OrderConfirmed(1), overrides),
        body.getBytes(StandardCharsets.UTF_8));
    return id.toString();
  }

  Map<String, String> headers(UUID id, Message message, Map<String, String> overrides) {
    var headers =
        new HashMap<>(
            Records.envelope(codec, new OutboundMessage(id, message, null, null), Instant.now()));
    assertThat(headers).containsEntry(Headers.TYPE, MessageTypes.nameOf(message.getClass()));
    headers.putAll(overrides);
    return headers;
  }

  static List<UUID> handled(long order) {
    return jdbc.sql("select message_id from handled where order_id = :order")
        .param("order", order)
        .query(UUID.class)
        .list();
  }

  static ConsumerRecord<String, byte[]> deadLetter(String id) {
    return servers
        .read(
            Topics.deadLettersOf(Topics.ORDER_EVENTS),
            seen -> seen.stream().anyMatch(record -> id.equals(Records.header(record, Headers.ID))))
        .stream()
        .filter(record -> id.equals(Records.header(record, Headers.ID)))
        .findFirst()
        .orElseThrow();
  }

  /** Everything put aside so far: a marker sent last bounds the search. */
  List<String> deadIds() throws Exception {
    var marker = sendRaw(Map.of(Headers.TYPE, "Marker"), "{}");
    return servers
        .read(
            Topics.deadLettersOf(Topics.ORDER_EVENTS),
            seen ->
                seen.stream().anyMatch(record -> marker.equals(Records.header(record, Headers.ID))))
        .stream()
        .map(record -> Records.header(record, Headers.ID))
        .toList();
  }
}
