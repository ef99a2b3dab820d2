package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.NOTIFICATION;
import static dev.mall.cli.MallService.ORDER;
import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.cli.MallService.SAGA;
import static dev.mall.verifier.SoundMall.CAPTURED;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.DECLINED;
import static dev.mall.verifier.SoundMall.FIRST_ID;
import static dev.mall.verifier.SoundMall.REFUNDED;
import static dev.mall.verifier.findings.Kind.CANCELLED_WITHOUT_CAUSE;
import static dev.mall.verifier.findings.Kind.CATALOGUE_DISAGREES;
import static dev.mall.verifier.findings.Kind.DEAD_LETTER_WAITING;
import static dev.mall.verifier.findings.Kind.DEPOSIT_LOST;
import static dev.mall.verifier.findings.Kind.DEPOSIT_UNBOOKED;
import static dev.mall.verifier.findings.Kind.KEY_CONTRADICTED;
import static dev.mall.verifier.findings.Kind.LEDGER_UNBALANCED;
import static dev.mall.verifier.findings.Kind.LEDGER_UNEXPLAINED;
import static dev.mall.verifier.findings.Kind.MONEY_DISAGREES;
import static dev.mall.verifier.findings.Kind.ORDER_LOST;
import static dev.mall.verifier.findings.Kind.OUTBOX_QUARANTINED;
import static dev.mall.verifier.findings.Kind.OUTBOX_STUCK;
import static dev.mall.verifier.findings.Kind.OVERDUE;
import static dev.mall.verifier.findings.Kind.OVERSOLD;
import static dev.mall.verifier.findings.Kind.PARKED;
import static dev.mall.verifier.findings.Kind.RECEIPT_LOST;
import static dev.mall.verifier.findings.Kind.SAGA_DISAGREES;
import static dev.mall.verifier.findings.Kind.STOCK_DISAGREES;
import static dev.mall.verifier.findings.Kind.STOCK_UNBALANCED;
import static dev.mall.verifier.findings.Kind.STUCK_IN_SILENCE;
import static dev.mall.verifier.findings.Kind.TOLD_WRONGLY;
import static dev.mall.verifier.findings.Kind.TOTAL_WRONG;
import static dev.mall.verifier.findings.Kind.WALLET_UNBALANCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.MallService;
import dev.mall.verifier.accepted.Journal;
import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A violation that is planted in one database.
 *
 * @param sql with the ids of a confirmed, a refunded, a declined and a captured order as its arguments
 * @param kind as which it must be found
 * @param subject the order, SKU, customer, currency or service that must be named
 */
record Plant(String name, MallService service, String sql, Kind kind, Object subject) {

  static final List<Plant> ALL =
      Stream.of(OrderPlants.ALL, StockPlants.ALL, PaymentPlants.ALL, MessagePlants.ALL)
          .flatMap(List::stream)
          .toList();

  /** Breaks one database of {@code mall}. */
  void in(SoundMall mall) throws SQLException {
    mall.plant(service, sql.formatted(CONFIRMED, REFUNDED, DECLINED, CAPTURED));
  }

  @Override
  public String toString() {
    return name;
  }
}
