package dev.mall.cli.access;

import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.UnexpectedReplyException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The endpoints of an OpenID Connect issuer, as its metadata name them.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Discovery</a>
 */
final class IssuerMetadata {

  private static final JsonHttpClient HTTP =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final String address;
  private final JsonNode document;

  private IssuerMetadata(String address, JsonNode document) {
    this.address = address;
    this.document = document;
  }

  /**
   * Reads the metadata.
   *
   * @param address of the issuer, which may be another one than its tokens have, as behind a
   *     forwarded port
   * @throws UnexpectedReplyException if no issuer answers there
   */
  static IssuerMetadata of(URI address) {
    var base = withoutSlash(address.toString());
    var reply = HTTP.get(URI.create(base + "/.well-known/openid-configuration"), Map.of());
    if (reply.status() == 0) {
      throw new UnexpectedReplyException(
          "the issuer %s cannot be reached: %s".formatted(address, reply.failure()));
    }
    if (reply.status() != 200 || reply.text("issuer").isEmpty()) {
      throw new UnexpectedReplyException(
          "%s is no OpenID Connect issuer; name the one that is the mall's MALL_SECURITY_ISSUER: %s"
              .formatted(address, reply));
    }
    return new IssuerMetadata(base, reply.body());
  }

  /**
   * An endpoint; one below the issuer's own address is reached at the address that was asked.
   *
   * @param name as {@code token_endpoint}
   * @throws UnexpectedReplyException if the issuer has none
   */
  URI endpoint(String name) {
    var named = document.path(name).asString("");
    if (named.isEmpty()) {
      throw new UnexpectedReplyException("the issuer %s has no %s".formatted(address, name));
    }
    var issuer = withoutSlash(document.path("issuer").asString());
    return URI.create(
        named.startsWith(issuer + "/") ? address + named.substring(issuer.length()) : named);
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
