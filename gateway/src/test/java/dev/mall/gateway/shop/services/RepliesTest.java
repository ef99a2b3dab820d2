package dev.mall.gateway.shop.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

/** The records that answers are read into, beside the OpenAPI documents of the services. */
class RepliesTest {

  static final Arguments[] RECORDS = {
    of(Catalogue.Products.class, "inventory-service", "PageCatalogueEntry"),
    of(Catalogue.Product.class, "inventory-service", "CatalogueEntry"),
    of(Catalogue.Availabilities.class, "inventory-service", "PageAvailability"),
    of(Catalogue.Availability.class, "inventory-service", "Availability"),
    of(CustomerOrders.CustomerOrderPage.class, "order-service", "PageOrderView"),
    of(CustomerOrders.CustomerOrder.class, "order-service", "OrderView"),
    of(CustomerOrders.Line.class, "order-service", "OrderLineView"),
    of(CustomerOrders.Timeline.class, "order-service", "TimelineView"),
    of(CustomerOrders.TimelineStep.class, "order-service", "TimelineEntry"),
    of(CustomerOrders.OrderRequest.class, "order-service", "PlaceOrderRequest"),
    of(CustomerOrders.RequestedItem.class, "order-service", "Item"),
    of(CustomerOrders.OrderPayments.class, "payment-service", "PagePaymentView"),
    of(CustomerOrders.OrderPayment.class, "payment-service", "PaymentView"),
    of(CustomerAccount.CustomerWallet.class, "payment-service", "WalletView"),
    of(CustomerAccount.WalletEntries.class, "payment-service", "PageEntryView"),
    of(CustomerAccount.WalletEntry.class, "payment-service", "EntryView"),
    of(CustomerAccount.Messages.class, "notification-service", "PageNotificationView"),
    of(CustomerAccount.Message.class, "notification-service", "NotificationView")
  };

  @ParameterizedTest
  @FieldSource("RECORDS")
  void everyComponentIsAProperty(Class<?> type, String service, String schema) throws IOException {
    var document =
        JsonMapper.shared()
            .readTree(Files.readString(Path.of("..", "docs", "openapi", service + ".json")));

    var properties = document.path("components").path("schemas").path(schema).path("properties");

    assertThat(properties.propertyNames())
        .containsAll(
            Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  private static Arguments of(Class<? extends Record> type, String service, String schema) {
    return Arguments.of(type, service, schema);
  }
}
