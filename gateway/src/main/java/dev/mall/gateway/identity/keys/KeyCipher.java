package dev.mall.gateway.identity.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts private keys with a secret that the database does not have: AES-256 in GCM mode, with a
 * cipher key that HKDF derives per signing key. A ciphertext belongs to its key id.
 */
final class KeyCipher {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private final byte[] secret;
  private final SecureRandom random = new SecureRandom();

  KeyCipher(String secret) {
    this.secret = secret.strip().getBytes(UTF_8);
  }

  /** Returns a nonce and the ciphertext. */
  byte[] encrypt(String keyId, byte[] privateKey) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var ciphertext = cipher(Cipher.ENCRYPT_MODE, keyId, nonce).doFinal(privateKey);
      var stored = Arrays.copyOf(nonce, NONCE_BYTES + ciphertext.length);
      System.arraycopy(ciphertext, 0, stored, NONCE_BYTES, ciphertext.length);
      return stored;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM fails", impossible);
    }
  }

  /**
   * @throws WrongKeySecretException if another secret encrypted it
   */
  byte[] decrypt(String keyId, byte[] stored) {
    try {
      var nonce = Arrays.copyOf(stored, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, keyId, nonce)
          .doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES);
    } catch (AEADBadTagException wrong) {
      throw new WrongKeySecretException(keyId, wrong);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM fails", impossible);
    }
  }

  private Cipher cipher(int mode, String keyId, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, keyOf(keyId), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(keyId.getBytes(UTF_8));
    return cipher;
  }

  private SecretKey keyOf(String keyId) throws GeneralSecurityException {
    var parameters =
        HKDFParameterSpec.ofExtract()
            .addIKM(secret)
            .thenExpand(("mall signing key " + keyId).getBytes(UTF_8), KEY_BYTES);
    return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
  }
}
