package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.ORDER;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.FIRST_ID;
import static dev.mall.verifier.findings.Kind.CANCELLATION_LOST;
import static dev.mall.verifier.findings.Kind.DEPOSIT_LOST;
import static dev.mall.verifier.findings.Kind.KEY_CONTRADICTED;
import static dev.mall.verifier.findings.Kind.ORDER_LOST;
import static dev.mall.verifier.findings.Kind.RECEIPT_LOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.verifier.accepted.Journal;
import dev.mall.verifier.findings.Finding;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Violations that only the journal of accepted requests shows. */
class JournalIT extends VerifierFixture {

  @TempDir Path directory;

  @Test
  void missesOrdersThatOnlyTheJournalKnows() throws Exception {
    var file = directory.resolve("accepted");
    try (var journal = Journal.open(file)) {
      journal.accepted("c4", "key-4", Long.toString(CONFIRMED));
      journal.accepted("c5", null, Long.toString(FIRST_ID + 5));
    }
    assertThat(verify(AT_ONCE.accepted(file)).exitCode()).isZero();

    try (var journal = Journal.open(file)) {
      journal.accepted("c4", "key-x", "77");
      journal.accepted("c4", "key-4", Long.toString(FIRST_ID + 54));
    }

    var report = verify(AT_ONCE.accepted(file));

    assertThat(report.accepted()).isEqualTo(4);
    assertThat(report.violations()).isEqualTo(Map.of(ORDER_LOST, 1L, KEY_CONTRADICTED, 1L));
    assertThat(report.found())
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("77", Long.toString(FIRST_ID + 54));
  }

  @Test
  void missesCancellationsThatOnlyTheJournalKnows() throws Exception {
    var file = directory.resolve("accepted");
    try (var journal = Journal.open(file)) {
      journal.cancelled(Long.toString(cancelledByItsCustomer()));
    }
    assertThat(verify(AT_ONCE.accepted(file)).exitCode()).isZero();

    try (var journal = Journal.open(file)) {
      journal.cancelled(Long.toString(CONFIRMED));
      journal.cancelled("77");
    }

    var report = verify(AT_ONCE.accepted(file));

    assertThat(report.accepted()).isEqualTo(3);
    assertThat(report.violations()).isEqualTo(Map.of(CANCELLATION_LOST, 2L));
    assertThat(report.found())
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("77", Long.toString(CONFIRMED));
  }

  @Test
  void missesDepositsAndReceiptsThatOnlyTheJournalKnows() throws Exception {
    var file = directory.resolve("accepted");
    long received = pieces("sku-05");
    try (var journal = Journal.open(file)) {
      journal.deposited("c4", "first", 1_000_000_000_000L, "EUR");
      journal.received("sku-05", "all", (int) received);
    }
    assertThat(verify(AT_ONCE.accepted(file)).exitCode()).isZero();

    try (var journal = Journal.open(file)) {
      journal.deposited("c4", "second", 5, "EUR");
      journal.deposited("c5", "first", 5, "EUR");
      journal.received("sku-06", "all", 1_000_000);
    }

    var report = verify(AT_ONCE.accepted(file));

    assertThat(report.accepted()).isEqualTo(5);
    assertThat(report.violations()).isEqualTo(Map.of(DEPOSIT_LOST, 2L, RECEIPT_LOST, 1L));
    assertThat(report.found())
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("c4", "c5", "sku-06");
  }

  private static long cancelledByItsCustomer() throws Exception {
    try (var connection = mall.databases().connect(ORDER);
        var query =
            connection.prepareStatement(
                "select id from orders where cancellation_requested_at is not null limit 1");
        var rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static long pieces(String sku) throws Exception {
    try (var connection = mall.databases().connect(INVENTORY);
        var query = connection.prepareStatement("select received from stock where sku = ?")) {
      query.setString(1, sku);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
