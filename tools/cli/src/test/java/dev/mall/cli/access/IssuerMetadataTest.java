package dev.mall.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.mall.cli.UnexpectedReplyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuerMetadataTest {

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anEndpointIsWhereTheMetadataSay() {
    serve("/realms/mall", "https://id.example/realms/mall", "https://tokens.example/t");

    assertThat(tokenEndpoint("/realms/mall")).hasToString("https://tokens.example/t");
    assertThat(tokenEndpoint("/realms/mall/")).hasToString("https://tokens.example/t");
  }

  /** As behind a forwarded port, where the issuer's own address cannot be reached. */
  @Test
  void anEndpointBelowTheIssuersAddressIsReachedAtTheAddressThatWasAsked() {
    serve("/realms/mall", "https://id.example/realms/mall", "https://id.example/realms/mall/t");

    assertThat(tokenEndpoint("/realms/mall")).isEqualTo(address("/realms/mall/t"));
  }

  @Test
  void anIssuerAtTheRootNeedsNoPath() {
    serve("", "http://localhost:8080", "http://localhost:8080/oauth2/token");

    assertThat(tokenEndpoint("")).isEqualTo(address("/oauth2/token"));
  }

  @Test
  void anAddressWithoutAnIssuerIsNamed() {
    assertThatThrownBy(() -> IssuerMetadata.of(address("/nothing")))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContainingAll("/nothing is no OpenID Connect issuer", "404");
  }

  @Test
  void anEndpointThatIsMissingIsNamed() {
    serve("", "http://localhost:8080", "http://localhost:8080/oauth2/token");

    assertThatThrownBy(() -> IssuerMetadata.of(address("")).endpoint("end_session_endpoint"))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("has no end_session_endpoint");
  }

  @Test
  void anIssuerThatDoesNotAnswerIsNamed() {
    server.stop(0);

    assertThatThrownBy(() -> IssuerMetadata.of(address("")))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("%s cannot be reached".formatted(address("")));
  }

  private URI tokenEndpoint(String path) {
    return IssuerMetadata.of(address(path)).endpoint("token_endpoint");
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  private void serve(String path, String issuer, String tokenEndpoint) {
    var document =
        "{\"issuer\":\"%s\",\"token_endpoint\":\"%s\"}"
            .formatted(issuer, tokenEndpoint)
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path + "/.well-known/openid-configuration",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
          }
        });
  }
}
