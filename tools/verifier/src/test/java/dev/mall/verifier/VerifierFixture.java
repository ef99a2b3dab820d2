package dev.mall.verifier;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Databases in which everything adds up, broken by one test and sound again for the next. */
abstract class VerifierFixture {

  static final String QUARANTINE =
      """
      insert into outbox_quarantine (number, topic, key, headers, payload, created_at, reason)
      values (1, 'mall.saga.replies', '%s', '{}', '', clock_timestamp(), 'RecordTooLargeException')
      """;

  static final String LETTER =
      """
      insert into dead_letter (fingerprint, order_id, type, topic, key, headers, body, cause, detail,
                               redrives)
      values (gen_random_uuid(), %s, '%s', 'mall.payment.commands', 'k', '{}', '', 'FAILED', '', 0);
      """;

  static final VerifierSettings AT_ONCE = VerifierSettings.USUAL.waiting(Duration.ZERO);

  static SoundMall mall;

  @BeforeAll
  static void fill() throws SQLException {
    mall = SoundMall.shared();
  }

  @AfterEach
  void heal() throws SQLException {
    mall.heal();
  }

  static Report verify(VerifierSettings settings) throws Exception {
    return new Verifier(mall.databases(), settings).verify();
  }
}
