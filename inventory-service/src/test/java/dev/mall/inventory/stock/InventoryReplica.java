package dev.mall.inventory.stock;

import dev.mall.contracts.InventoryCommand;
import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.RedisServer;
import dev.mall.inventory.InventoryApplication;
import dev.mall.inventory.catalogue.PutProduct;
import dev.mall.inventory.stock.receipt.ReceiveStock;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.money.Money;
import dev.mall.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;

/** One inventory-service of several. */
final class InventoryReplica implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ConfigurableApplicationContext context;

  InventoryReplica(TestDatabase database, KafkaServer kafka, RedisServer redis) {
    context =
        InventoryApplication.application()
            .run(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.name(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--spring.kafka.consumer.max-poll-records=5",
                "--mall.locking.redis-url=" + redis.url(),
                "--mall.locking.timeout=1s");
  }

  void addProduct(String sku, int pieces) {
    context.getBean(PutProduct.class).put(sku, sku, Money.of(100, "EUR"));
    context.getBean(ReceiveStock.class).receive(sku, pieces, UUID.randomUUID().toString());
  }

  StockLevel level(String sku) {
    return context.getBean(StockLevels.class).find(sku).orElseThrow();
  }

  /** Sends commands as the orchestrator would. */
  void send(List<? extends InventoryCommand> commands) {
    context
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(_ ->
            context
                .getBean(Outbox.class)
                .append(
                    commands.stream()
                        .map(command -> new OutboundMessage(UUID.randomUUID(), command, null, null))
                        .toList()));
  }

  /** Whether it was given some of the commands to handle. */
  boolean hasPartitions() {
    var partitions =
        context
            .getBean("stockCommandsConsumer", MessageListenerContainer.class)
            .getAssignedPartitions();
    return partitions != null && !partitions.isEmpty();
  }

  long batches() {
    return context
        .getBean(MeterRegistry.class)
        .get("mall.consumer.batch")
        .tag("consumer", "inventory-service.stock")
        .summary()
        .count();
  }

  double count(String counter) {
    return context.getBean(MeterRegistry.class).get(counter).counter().count();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var port = context.getEnvironment().getProperty("local.server.port");
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://localhost:%s%s".formatted(port, path))).build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    context.close();
  }
}
