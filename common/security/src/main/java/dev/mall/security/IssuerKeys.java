package dev.mall.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads an issuer's keys from the address that its metadata names. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final String issuer;
  private final String jwksUri;
  private volatile @Nullable JWKSet lastRead;

  /**
   * @param issuer its address, as tokens have it
   * @param jwksUri address of the keys; empty: as the issuer's metadata has it
   */
  IssuerKeys(String issuer, String jwksUri) {
    this.issuer = issuer;
    this.jwksUri = jwksUri;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      var keys = JWKSet.parse(read(jwksUri.isBlank() ? addressInMetadata() : jwksUri));
      lastRead = keys;
      return keys;
    } catch (IOException | ParseException | JacksonException | IllegalArgumentException failure) {
      throw new JWKSetUnavailableException(
          "the keys of %s cannot be read".formatted(issuer), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new JWKSetUnavailableException("interrupted", interrupted);
    }
  }

  private String addressInMetadata() throws IOException, InterruptedException {
    var base = issuer.endsWith("/") ? issuer : issuer + "/";
    var metadata = JsonMapper.shared().readTree(read(base + ".well-known/openid-configuration"));
    var named = metadata.path("issuer").asString("");
    if (!named.equals(issuer)) {
      throw new IOException("the metadata of %s is that of '%s'".formatted(issuer, named));
    }
    return metadata.path("jwks_uri").asString();
  }

  /** Whether keys were read, and the last ones have none of this id. */
  boolean isUnknown(@Nullable String keyId) {
    var keys = lastRead;
    return keys != null && (keyId == null || keys.getKeyByKeyId(keyId) == null);
  }

  private String read(String address) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("%s answered %d".formatted(address, answer.statusCode()));
    }
    return answer.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
