package dev.mall.gateway.identity.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyCipherTest {

  private static final byte[] PRIVATE = "a private key".getBytes(UTF_8);

  private final KeyCipher cipher = new KeyCipher("a secret of at least 32 characters");

  @Test
  void decryptsWithTheSameSecret() {
    var stored = cipher.encrypt("k1", PRIVATE);

    assertThat(new String(stored, UTF_8)).doesNotContain("private");
    assertThat(cipher.decrypt("k1", stored)).isEqualTo(PRIVATE);
    assertThat(cipher.encrypt("k1", PRIVATE)).as("another nonce").isNotEqualTo(stored);
  }

  @Test
  void refusesAnotherSecretAndSaysWhatHelps() {
    var stored = cipher.encrypt("k1", PRIVATE);

    assertThatThrownBy(
            () -> new KeyCipher("another secret of 32 characters!").decrypt("k1", stored))
        .isInstanceOf(WrongKeySecretException.class)
        .hasMessageContaining("MALL_GATEWAY_KEY_SECRET");
  }

  @Test
  void refusesTheKeyOfAnotherRow() {
    var stored = cipher.encrypt("k1", PRIVATE);

    assertThatThrownBy(() -> cipher.decrypt("k2", stored))
        .isInstanceOf(WrongKeySecretException.class);
  }
}
