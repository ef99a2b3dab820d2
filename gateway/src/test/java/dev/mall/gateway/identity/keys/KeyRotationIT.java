package dev.mall.gateway.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jwt.SignedJWT;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** Signing keys in the database, through rotations and restarts. Time passes by shifting rows. */
class KeyRotationIT {

  private static final String SECRET = "a secret of at least thirty-two characters";

  private final TestDatabase own = TestDatabase.create("keys");
  private final DataSource database = own.dataSource();
  private final JdbcClient jdbc = JdbcClient.create(database);

  @BeforeEach
  void migrate() {
    Schema.migrate(database, "gateway");
  }

  @Test
  void aRestartKeepsTheKeys() {
    var token = issue(replica(SECRET));

    assertThat(isValid(token, replica(SECRET))).isTrue();
    assertThat(keyIds(replica(SECRET))).hasSize(1);
  }

  @Test
  void aTokenStaysValidThroughARotation() {
    var keys = replica(SECRET);
    var old = issue(keys);

    passes(Duration.ofHours(22).plusMinutes(1));
    keys.refresh();
    assertThat(keyIds(keys)).as("the next key is published before it signs").hasSize(2);
    var stillOld = issue(keys);
    assertThat(keyId(stillOld)).isEqualTo(keyId(old));

    passes(Duration.ofHours(2).plusMinutes(1));
    keys.refresh();
    var fresh = issue(keys);
    assertThat(keyId(fresh)).isNotEqualTo(keyId(old));
    assertThat(isValid(old, keys)).isTrue();
    assertThat(isValid(fresh, keys)).isTrue();
    assertThat(isValid(fresh, replica(SECRET))).as("another replica").isTrue();

    passes(Duration.ofHours(2));
    keys.refresh();
    assertThat(isValid(old, keys)).as("after the last token of the old key has expired").isFalse();
    assertThat(isValid(fresh, keys)).isTrue();
  }

  @Test
  void replicasShareTheFirstKey() {
    assertThat(keyIds(replica(SECRET))).isEqualTo(keyIds(replica(SECRET)));
  }

  @Test
  void tokensAreSignedAndVerifiedWithoutTheDatabase() {
    SigningKeys keys;
    try (var pool = own.pool(1)) {
      keys = replica(SECRET, pool);
      keys.refresh();
    }

    assertThat(isValid(issue(keys), keys)).isTrue();
  }

  @Test
  void aTokenMustNotOutliveItsKey() {
    var keys = replica(SECRET);

    keys.requirePublishedLongerThan(Duration.ofMinutes(59));
    assertThatThrownBy(() -> keys.requirePublishedLongerThan(Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("publish-after", "token-lifetime");
  }

  @Test
  void privateKeysAreEncrypted() {
    replica(SECRET).refresh();

    assertThat(jdbc.sql("select private_key from signing_keys").query(byte[].class).list())
        .hasSize(1)
        .allSatisfy(stored ->
            assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .doesNotContain("RSA", "kty"));
  }

  @Test
  void aWrongSecretIsReportedWithItsRemedy() {
    replica(SECRET).refresh();

    assertThatThrownBy(() -> replica("another secret of thirty-two characters").refresh())
        .isInstanceOf(WrongKeySecretException.class)
        .hasMessageContaining("MALL_GATEWAY_KEY_SECRET");
  }

  private SigningKeys replica(String secret) {
    return replica(secret, database);
  }

  private static SigningKeys replica(String secret, DataSource database) {
    return new SigningKeys(
        new SigningKeyStore(
            JdbcClient.create(database),
            new TransactionTemplate(new JdbcTransactionManager(database)),
            new KeySchedule(Duration.ofDays(1), Duration.ofHours(2), Duration.ofHours(1)),
            new KeyCipher(secret)));
  }

  private void passes(Duration time) {
    jdbc.sql("update signing_keys set signs_from = signs_from - make_interval(secs => :seconds)")
        .param("seconds", time.toSeconds())
        .update();
  }

  private static String issue(SigningKeys keys) {
    var now = Instant.now();
    var claims =
        JwtClaimsSet.builder().subject("ada").issuedAt(now).expiresAt(now.plusSeconds(900)).build();
    return new NimbusJwtEncoder(keys.signing())
        .encode(JwtEncoderParameters.from(claims))
        .getTokenValue();
  }

  private static boolean isValid(String token, SigningKeys keys) {
    try {
      return "ada"
          .equals(
              OAuth2AuthorizationServerConfiguration.jwtDecoder(keys).decode(token).getSubject());
    } catch (JwtException _) {
      return false;
    }
  }

  private static String keyId(String token) {
    try {
      return SignedJWT.parse(token).getHeader().getKeyID();
    } catch (ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> keyIds(SigningKeys keys) {
    return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null).stream()
        .map(JWK::getKeyID)
        .toList();
  }
}
