package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.NOTIFICATION;
import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.cli.MallService.SAGA;
import static dev.mall.verifier.SoundMall.CAPTURED;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.DECLINED;
import static dev.mall.verifier.SoundMall.REFUNDED;
import static dev.mall.verifier.findings.Kind.CANCELLATION_LOST;
import static dev.mall.verifier.findings.Kind.CANCELLED_WITHOUT_CAUSE;
import static dev.mall.verifier.findings.Kind.DEPOSIT_LOST;
import static dev.mall.verifier.findings.Kind.KEY_CONTRADICTED;
import static dev.mall.verifier.findings.Kind.NOTIFIED_WRONGLY;
import static dev.mall.verifier.findings.Kind.RECEIPT_LOST;
import static dev.mall.verifier.findings.Kind.STOCK_UNBALANCED;
import static dev.mall.verifier.findings.Kind.STUCK_IN_SILENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.MallService;
import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every planted violation is found, and no other. */
class VerifierIT extends VerifierFixture {

  @TempDir Path directory;

  /** A thousand pieces more of everything, at some time; every tenth order was out of stock. */
  private static final String RECEIVED =
      """
      insert into receipt (sku, idempotency_key, quantity, booked_at)
      select sku, 'more', 1000, %s from stock;
      update stock set received = received + 1000, on_hand = on_hand + 1000
      """;

  private static final Map<Kind, Long> OUT_OF_STOCK_AND_EXPIRED =
      Map.of(CANCELLED_WITHOUT_CAUSE, 40L);

  @Test
  void findsNothingInSoundDatabases() throws Exception {
    var report = verify(AT_ONCE);

    assertThat(report.violations()).isEmpty();
    assertThat(report.underWay()).isEmpty();
    assertThat(report.judged()).isEqualTo(200);
    assertThat(report.exitCode()).isZero();
    assertThat(report.toString()).contains("CONFIRMED 120").contains("No order, item or cent");
  }

  @ParameterizedTest
  @FieldSource("dev.mall.verifier.Plant#ALL")
  void findsWhatIsWrongAndNothingElse(Plant plant) throws Exception {
    plant.in(mall);

    var report = verify(AT_ONCE);

    assertThat(report.violations()).as(report.toString()).isEqualTo(Map.of(plant.kind(), 1L));
    assertThat(report.found())
        .extracting(Finding::subject)
        .containsExactly(plant.subject().toString());
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.toJson()).contains('"' + plant.kind().name() + '"');
  }

  @Test
  void hasAPlantForEveryKindOfViolation() {
    // need a journal: JournalIT
    var planted = EnumSet.of(CANCELLATION_LOST, KEY_CONTRADICTED, DEPOSIT_LOST, RECEIPT_LOST);
    Plant.ALL.forEach(plant -> planted.add(plant.kind()));

    assertThat(planted).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void takesARefundThatCameAfterADeclineForNoMissingCause() throws Exception {
    mall.plant(
        PAYMENT,
        """
        update payment set state = 'CALLED_OFF', customer_id = null, amount_minor = null,
               currency = null, decline_reason = null
         where order_id = %d
        """
            .formatted(DECLINED));

    assertThat(verify(AT_ONCE).violations()).isEmpty();
  }

  @Test
  void reportsAnAuthorizationThatExpiredUnnoticed() throws Exception {
    mall.plant(
        PAYMENT,
        """
        alter table ledger_transaction disable trigger user;
        delete from ledger_transaction where kind = 'CAPTURE' and reference = '%1$d';
        update payment set state = 'AUTHORIZED', held_until = now() - interval '1 h'
         where order_id = %1$d
        """
            .formatted(CAPTURED));

    assertThat(verify(AT_ONCE).violations()).containsEntry(STUCK_IN_SILENCE, 1L);
  }

  @Test
  void judgesWhatIsArchivedLikeEverythingElse() throws Exception {
    mall.plant(
        INVENTORY,
        """
        insert into reservation_archive select * from reservation;
        insert into reservation_line_archive select * from reservation_line;
        delete from reservation_line;
        delete from reservation
        """);
    mall.plant(SAGA, "insert into saga_archive select * from saga; delete from saga");

    var sound = verify(AT_ONCE);
    assertThat(sound.exitCode()).as(sound.toString()).isZero();
    assertThat(sound.judged()).isEqualTo(200);

    mall.plant(
        INVENTORY,
        "update reservation_archive set state = 'RELEASED' where order_id = %d"
            .formatted(CONFIRMED));
    assertThat(verify(AT_ONCE).exitCode()).isEqualTo(1);
  }

  @Test
  void showsOnlySomeOfManyViolationsAndCountsAll() throws Exception {
    mall.plant(NOTIFICATION, "delete from notification");
    mall.plant(INVENTORY, "update stock set received = received + 1, on_hand = on_hand + 1");

    var report = verify(AT_ONCE.showing(3));

    assertThat(report.violations())
        .isEqualTo(Map.of(NOTIFIED_WRONGLY, 200L, STOCK_UNBALANCED, 20L));
    assertThat(report.found()).hasSize(6);
    assertThat(report.toString()).contains("and 197 more").contains("and 17 more");
  }

  @Test
  void countsAlsoWhatIsNotShown() throws Exception {
    mall.plant(INVENTORY, "update stock set received = received + 1, on_hand = on_hand + 1");

    var report = verify(AT_ONCE.showing(0));

    assertThat(report.violations()).isEqualTo(Map.of(STOCK_UNBALANCED, 20L));
    assertThat(report.found()).isEmpty();
  }

  @Test
  void doubtsThatStockWasShortWhereAllThatWasOrderedWasThere() throws Exception {
    mall.plant(INVENTORY, RECEIVED.formatted("now() - interval '1 day'"));

    var report = verify(AT_ONCE);

    assertThat(report.violations()).as(report.toString()).isEqualTo(OUT_OF_STOCK_AND_EXPIRED);
    assertThat(report.found())
        .extracting(Finding::subject)
        .contains(Long.toString(SoundMall.OUT_OF_STOCK), Long.toString(REFUNDED));
  }

  @Test
  void judgesStockThatWasThereAlsoAfterMoreOfItCame() throws Exception {
    mall.plant(INVENTORY, RECEIVED.formatted("now() - interval '1 day'"));
    mall.plant(
        INVENTORY,
        """
        insert into receipt (sku, idempotency_key, quantity) select sku, 'later', 10 from stock;
        update stock set received = received + 10, on_hand = on_hand + 10;
        """);

    assertThat(verify(AT_ONCE).violations()).isEqualTo(OUT_OF_STOCK_AND_EXPIRED);
  }

  @Test
  void cannotJudgeWhetherStockWasShortBeforeMoreOfItCame() throws Exception {
    mall.plant(INVENTORY, RECEIVED.formatted("now() - interval '1 h'"));

    assertThat(verify(AT_ONCE).violations()).isEmpty();
  }

  @Test
  void cannotWrite() throws Exception {
    for (var service : MallService.values()) {
      try (var connection = mall.databases().connect(service);
          var statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("delete from outbox"))
            .hasMessageContaining("read-only transaction");
      }
    }
  }

  @Test
  void readsTheAddressesOfTheDatabasesFromAFile() throws Exception {
    var file = directory.resolve("databases.properties");
    mall.databases().write(file);

    assertThat(VerifierMain.run(System.out, "--databases", file.toString(), "--within", "0"))
        .isZero();
    var ofReader = directory.resolve("reader.properties");
    Files.writeString(ofReader, Files.readString(file) + "MALL_VERIFIER_DB_USER=no_such_reader\n");
    assertThat(VerifierMain.run(System.out, "--databases", ofReader.toString())).isEqualTo(2);
    Files.writeString(file, Files.readString(file).replace("_DB_PASSWORD=", "_DB_PASSWORD=x"));
    assertThat(VerifierMain.run(System.out, "--databases", file.toString())).isEqualTo(2);
    assertThat(VerifierMain.run(System.out, "--nonsense")).isEqualTo(2);
  }
}
