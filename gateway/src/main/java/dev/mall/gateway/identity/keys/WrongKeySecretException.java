package dev.mall.gateway.identity.keys;

/** A stored key cannot be decrypted with the configured secret. */
final class WrongKeySecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongKeySecretException(String keyId, Throwable cause) {
    super(
        """
        signing key %s was encrypted with another secret: set MALL_GATEWAY_KEY_SECRET to that one; \
        if it is lost, delete the rows of signing_keys, which ends every token\
        """
            .formatted(keyId),
        cause);
  }
}
