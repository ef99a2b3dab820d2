package dev.mall.verifier;

import static dev.mall.verifier.SoundMall.CAPTURED;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.DECLINED;
import static dev.mall.verifier.SoundMall.REFUNDED;
import static dev.mall.verifier.SoundMall.RETURNED;

import dev.mall.cli.MallService;
import dev.mall.verifier.findings.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A violation that is planted in one database.
 *
 * @param sql with the ids of a confirmed, a refunded, a declined, a captured and a returned order
 *     as its arguments
 * @param kind as which it must be found
 * @param subject the order, SKU, customer, currency or service that must be named
 */
record Plant(String name, MallService service, String sql, Kind kind, Object subject) {

  static final List<Plant> ALL =
      Stream.of(
              OrderPlants.ALL,
              ReturnPlants.ALL,
              StockPlants.ALL,
              PaymentPlants.ALL,
              MessagePlants.ALL)
          .flatMap(List::stream)
          .toList();

  /** Breaks one database of {@code mall}. */
  void in(SoundMall mall) throws SQLException {
    mall.plant(service, sql.formatted(CONFIRMED, REFUNDED, DECLINED, CAPTURED, RETURNED));
  }

  @Override
  public String toString() {
    return name;
  }
}
