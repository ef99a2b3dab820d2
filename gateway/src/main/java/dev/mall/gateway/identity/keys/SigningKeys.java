package dev.mall.gateway.identity.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.mall.gateway.identity.keys.SigningKeyStore.StoredKeys;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The published keys, held in memory so that tokens are signed and verified, and keys are
 * published, while the database is unavailable. Issuing a token needs the database nevertheless: it
 * stores the authorization.
 */
public final class SigningKeys implements JWKSource<SecurityContext> {

  private final SigningKeyStore store;
  private volatile @Nullable StoredKeys current;

  SigningKeys(SigningKeyStore store) {
    this.store = store;
  }

  /**
   * Refuses tokens that would outlive the key that signed them.
   *
   * @throws IllegalArgumentException if keys are not published for longer than {@code lifetime}
   */
  public void requirePublishedLongerThan(Duration lifetime) {
    if (store.publishedAfter().compareTo(lifetime) <= 0) {
      throw new IllegalArgumentException(
          "mall.gateway.keys.publish-after (%s) must be above mall.gateway.identity.token-lifetime (%s)"
              .formatted(store.publishedAfter(), lifetime));
    }
  }

  /** Reads the keys, and rotates them if it is time. */
  public void refresh() {
    current = store.rotate();
  }

  /** All keys with which a valid token may be signed, and the next one. */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    return selector.select(new JWKSet(List.copyOf(keys().keys())));
  }

  /** The one key that signs. */
  public JWKSource<SecurityContext> signing() {
    return (selector, _) -> selector.select(new JWKSet(keys().signingKey()));
  }

  private StoredKeys keys() {
    var keys = current;
    if (keys == null) {
      keys = store.rotate();
      current = keys;
    }
    return keys;
  }
}
