package dev.mall.gateway.identity.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mall.gateway.identity.keys.KeySchedule.KeyTimes;
import dev.mall.runtime.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The table of signing keys. Replicas share it, and rotate one at a time. */
final class SigningKeyStore {

  private static final Logger log = LoggerFactory.getLogger(SigningKeyStore.class);
  private static final int BITS = 2048;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final KeySchedule schedule;
  private final KeyCipher cipher;

  SigningKeyStore(
      JdbcClient jdbc, TransactionOperations transactions, KeySchedule schedule, KeyCipher cipher) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.schedule = schedule;
    this.cipher = cipher;
  }

  /**
   * The keys at one moment of the database's clock.
   *
   * @param signing the id of the one that signs
   */
  record StoredKeys(List<RSAKey> keys, String signing) {

    RSAKey signingKey() {
      return keys.stream().filter(key -> key.getKeyID().equals(signing)).findFirst().orElseThrow();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nothing
  private record Row(KeyTimes times, byte[] privateKey) {}

  Duration publishedAfter() {
    return schedule.publishedAfter();
  }

  /** Makes the successor if it is due, deletes retired keys, and returns the others. */
  StoredKeys rotate() {
    return transactions.execute(_ -> rotateLocked());
  }

  private StoredKeys rotateLocked() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('signing_keys'))").query(_ -> {});
    var now = jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
    schedule.successor(times(rows()), now).ifPresent(this::create);
    schedule.retired(times(rows()), now).forEach(this::delete);
    var rows = rows();
    return new StoredKeys(
        rows.stream().map(this::key).toList(), KeySchedule.signing(times(rows), now).keyId());
  }

  private void create(Instant signsFrom) {
    var key = generate();
    jdbc.sql(
            """
            insert into signing_keys (key_id, private_key, signs_from)
            values (:id, :private, :signsFrom)
            """)
        .param("id", key.getKeyID())
        .param("private", cipher.encrypt(key.getKeyID(), key.toJSONString().getBytes(UTF_8)))
        .param("signsFrom", signsFrom.atOffset(ZoneOffset.UTC))
        .update();
    log.info("Signing key {} signs from {}", key.getKeyID(), signsFrom);
  }

  private void delete(KeyTimes key) {
    jdbc.sql("delete from signing_keys where key_id = :id").param("id", key.keyId()).update();
    log.info("Signing key {} is retired", key.keyId());
  }

  private List<Row> rows() {
    return jdbc.sql("select * from signing_keys order by signs_from, key_id")
        .query(SigningKeyStore::row)
        .list();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        new KeyTimes(row.getString("key_id"), Columns.instant(row, "signs_from")),
        row.getBytes("private_key"));
  }

  private static List<KeyTimes> times(List<Row> rows) {
    return rows.stream().map(Row::times).toList();
  }

  private RSAKey key(Row row) {
    var decrypted = cipher.decrypt(row.times().keyId(), row.privateKey());
    try {
      return RSAKey.parse(new String(decrypted, UTF_8));
    } catch (ParseException impossible) {
      throw new IllegalStateException(
          "signing key %s is malformed".formatted(row.times().keyId()), impossible);
    }
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(BITS)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("no RSA key can be generated", impossible);
    }
  }
}
