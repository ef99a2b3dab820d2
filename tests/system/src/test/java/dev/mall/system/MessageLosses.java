package dev.mall.system;

import dev.mall.chaos.mall.Mall;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Messages that are lost, each once, as if a broker lost them. Their rows in the outbox get the
 * type of a message that their readers skip; a row that is removed would still be published from
 * memory.
 */
final class MessageLosses implements AutoCloseable {

  private static final String ANY_ORDER = "any";

  /** As the superuser, because a service's role may not know the table. */
  private static final String INSTALL =
      """
      create table loss (key text, type text);
      create function lose() returns trigger language plpgsql security definer as $$
      begin
        delete from loss
         where key in (new.key, 'any') and type = new.headers::jsonb ->> 'mall-type';
        if found then
          new.headers =
              jsonb_set(new.headers::jsonb, '{mall-type}', '"ProductChanged"')::text;
        end if;
        return new;
      end $$;
      create trigger lose before insert on outbox for each row execute function lose();
      """;

  private static final String UNINSTALL =
      "drop trigger lose on outbox; drop function lose; drop table loss";

  /** The replies of both participants are of the same types: each participant loses its own. */
  private static final List<String> TWO_PHASE =
      List.of(
          "PrepareStock",
          "PreparePayment",
          "TransactionPrepared",
          "CommitStock",
          "CommitPayment",
          "TransactionCommitted",
          "ConfirmOrder",
          "OrderSettled",
          "NotifyCustomer",
          "CustomerNotified");

  private final Mall mall;
  private final List<Loss> losses = new ArrayList<>();

  private record Loss(String key, String type) {}

  private MessageLosses(Mall mall) {
    this.mall = mall;
  }

  static MessageLosses of(Mall mall) throws SQLException {
    var losses = new MessageLosses(mall);
    losses.everywhere(INSTALL);
    return losses;
  }

  /**
   * The messages on the way to a confirmed order that are sent again. Nothing repeats the last one
   * of a choreography, CheckoutEnded: its loss costs the notification.
   */
  static List<String> typesOf(CheckoutMode mode) {
    return switch (mode) {
      case SAGA -> commandsAndReplies("ChargePayment", "PaymentCharged");
      case TCC ->
          commandsAndReplies(
              "AuthorizePayment", "PaymentAuthorized", "CapturePayment", "PaymentCaptured");
      case TWO_PHASE -> TWO_PHASE;
      case CHOREOGRAPHY -> List.of("ReservationOpened", "OrderPaid", "ReservationSold");
    };
  }

  private static List<String> commandsAndReplies(String... ofPayment) {
    return Stream.of(
            Stream.of("ReserveStock", "StockReserved", "CommitReservation", "ReservationCommitted"),
            Stream.of(ofPayment),
            Stream.of("ConfirmOrder", "OrderSettled", "NotifyCustomer", "CustomerNotified"))
        .flatMap(types -> types)
        .toList();
  }

  /** The next message of the type about this order is lost. */
  void of(String orderId, String type) throws SQLException {
    everywhere("insert into loss values ('%s', '%s')".formatted(orderId, type));
    losses.add(new Loss(orderId, type));
  }

  /** The next message of the type is lost. */
  void ofNextOrder(String type) throws SQLException {
    of(ANY_ORDER, type);
  }

  /** Losses that no service has met yet. */
  List<String> outstanding() throws SQLException {
    var outstanding = new ArrayList<String>();
    for (var loss : losses) {
      if (services(loss) == MallService.values().length) {
        outstanding.add(loss.toString());
      }
    }
    return outstanding;
  }

  /** How many services have not sent that message. */
  private int services(Loss loss) throws SQLException {
    int services = 0;
    for (var service : MallService.values()) {
      try (var connection = mall.connect(service);
          var query =
              connection.prepareStatement("select count(*) from loss where key = ? and type = ?")) {
        query.setString(1, loss.key());
        query.setString(2, loss.type());
        try (var row = query.executeQuery()) {
          row.next();
          services += row.getInt(1);
        }
      }
    }
    return services;
  }

  private void everywhere(String sql) throws SQLException {
    for (var service : MallService.values()) {
      try (var connection = mall.connect(service);
          var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    everywhere(UNINSTALL);
  }
}
