package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.NOTIFICATION;
import static dev.mall.cli.MallService.ORDER;
import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.cli.MallService.SAGA;

import dev.mall.cli.MallService;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import dev.mall.verifier.tables.DatabaseAddresses;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Five databases with the services' own tables, in which everything adds up: of ten orders five are
 * confirmed, one is returned, and four are cancelled in different ways; all that was received is
 * sold. Each database may be broken and rebuilt.
 */
final class SoundMall {

  static final long FIRST_ID = 100_000_000_000_000_000L;
  static final long OUT_OF_STOCK = FIRST_ID + 10;
  static final long DECLINED = FIRST_ID + 1;
  static final long REFUNDED = FIRST_ID + 2;
  static final long CALLED_OFF = FIRST_ID + 3;
  static final long CONFIRMED = FIRST_ID + 4;
  static final long CAPTURED = FIRST_ID + 5;
  static final long RETURNED = FIRST_ID + 7;

  private static final Map<MallService, String[]> SCHEMAS =
      Map.of(
          ORDER, new String[] {"kit", "identifiers", "order"},
          INVENTORY, new String[] {"kit", "locking", "two-phase", "inventory"},
          PAYMENT, new String[] {"kit", "two-phase", "payment"},
          NOTIFICATION, new String[] {"kit", "notification"},
          SAGA, new String[] {"kit", "saga"});

  private static final String PREPARED =
      "select gid from pg_prepared_xacts where database = current_database()";

  private static SoundMall shared;

  private final Map<MallService, TestDatabase> sound = new EnumMap<>(MallService.class);
  private final Map<MallService, String> copies = new EnumMap<>(MallService.class);

  private SoundMall() {}

  /** The one of two hundred orders that the tests of a JVM share. */
  static synchronized SoundMall shared() throws SQLException {
    if (shared == null) {
      shared = of(200);
    }
    return shared;
  }

  /** Makes the databases with so many orders in each. */
  static SoundMall of(int orders) throws SQLException {
    var mall = new SoundMall();
    for (var service : MallService.values()) {
      var database = TestDatabase.create("sound_" + service.name().toLowerCase());
      mall.sound.put(service, database);
      Schema.migrate(database.dataSource(), SCHEMAS.get(service));
      for (var statement : SoundRows.of(service)) {
        run(
            database.dataSource(),
            statement.replace("ORDERS)", orders + ")").replace("ID + i", FIRST_ID + " + i"));
      }
      run(database.dataSource(), "analyze");
    }
    return mall;
  }

  /** The databases themselves, which must not be broken. */
  DatabaseAddresses databases() {
    var addresses = new EnumMap<MallService, DatabaseAddresses.Address>(MallService.class);
    sound.forEach((service, database) -> addresses.put(service, address(service, database.name())));
    copies.forEach((service, copy) -> addresses.put(service, address(service, copy)));
    return DatabaseAddresses.at(addresses);
  }

  /** Does something to a copy of a service's database, which from now on stands for it. */
  void plant(MallService service, String sql) throws SQLException {
    if (!copies.containsKey(service)) {
      var original = sound.get(service).name();
      var copy = original + "_broken";
      admin("create database %s template %s owner %s".formatted(copy, original, original));
      copies.put(service, copy);
    }
    run(Infrastructure.postgres().adminDataSource(copies.get(service)), sql);
  }

  /** Everything is sound again. */
  void heal() throws SQLException {
    for (var copy : copies.values()) {
      rollBackPrepared(copy);
      admin("drop database " + copy + " with (force)");
    }
    copies.clear();
  }

  /** No database is dropped while a transaction of it is prepared. */
  private static void rollBackPrepared(String database) throws SQLException {
    var source = Infrastructure.postgres().adminDataSource(database);
    try (var connection = source.getConnection();
        var query = connection.createStatement();
        var gids = query.executeQuery(PREPARED)) {
      while (gids.next()) {
        run(source, "rollback prepared '%s'".formatted(gids.getString(1)));
      }
    }
  }

  private DatabaseAddresses.Address address(MallService service, String database) {
    return new DatabaseAddresses.Address(
        Infrastructure.postgres().jdbcUrl(database),
        sound.get(service).name(),
        Infrastructure.postgres().password());
  }

  private static void admin(String sql) throws SQLException {
    run(Infrastructure.postgres().adminDataSource("postgres"), sql);
  }

  private static void run(DataSource database, String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
