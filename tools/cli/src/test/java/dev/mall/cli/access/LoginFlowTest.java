package dev.mall.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mall.cli.UnexpectedReplyException;
import dev.mall.cli.access.LoginFlow.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A login at another issuer than the gateway. The endpoints, cookies and page are those of Keycloak
 * 26.7, shortened.
 */
class LoginFlowTest {

  private static final URI CALLBACK = URI.create("http://127.0.0.1/callback");
  private static final String SESSION = "AUTH_SESSION_ID=NXEtUlpM.MzFx";

  private HttpServer server;
  private volatile String challenge = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/realms/mall/.well-known/openid-configuration", this::metadata);
    server.createContext("/realms/mall/protocol/openid-connect/auth", this::loginPage);
    server.createContext("/realms/mall/login-actions/authenticate", this::authenticate);
    server.createContext("/realms/mall/protocol/openid-connect/token", this::token);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aPersonLogsInAtTheIssuersOwnPage() throws Exception {
    assertThat(flow().login("ada", "right").path("access_token").asString()).isEqualTo("token");
  }

  @Test
  void aWrongPasswordIsTheReason() {
    assertThatThrownBy(() -> flow().login("ada", "wrong"))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("refused the login of ada");
  }

  @Test
  void aPageWithoutAFormForAPasswordIsShown() {
    server.removeContext("/realms/mall/protocol/openid-connect/auth");
    server.createContext(
        "/realms/mall/protocol/openid-connect/auth",
        exchange -> answer(exchange, 400, "<p>Invalid parameter: redirect_uri</p>"));

    assertThatThrownBy(() -> flow().login("ada", "right"))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContainingAll("400", "Invalid parameter: redirect_uri");
  }

  @Test
  void redirectsWithoutEndAreGivenUp() {
    server.removeContext("/realms/mall/protocol/openid-connect/auth");
    server.createContext(
        "/realms/mall/protocol/openid-connect/auth",
        exchange -> {
          exchange.getResponseHeaders().add("Location", exchange.getRequestURI().toString());
          answer(exchange, 302, "");
        });

    assertThatThrownBy(() -> flow().login("ada", "right"))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("redirects without end");
  }

  private LoginFlow flow() {
    return new LoginFlow(URI.create(issuer()), new Program("cli", "", CALLBACK));
  }

  private String issuer() {
    return "http://127.0.0.1:%d/realms/mall".formatted(server.getAddress().getPort());
  }

  private void metadata(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        """
        {"issuer": "%1$s",
         "authorization_endpoint": "%1$s/protocol/openid-connect/auth",
         "token_endpoint": "%1$s/protocol/openid-connect/token"}
        """
            .formatted(issuer()));
  }

  private void loginPage(HttpExchange exchange) throws IOException {
    challenge =
        parameters(exchange.getRequestURI().getRawQuery()).getOrDefault("code_challenge", "");
    exchange
        .getResponseHeaders()
        .add("Set-Cookie", SESSION + ";Version=1;Path=/realms/mall/;Secure;HttpOnly;SameSite=None");
    answer(exchange, 200, page());
  }

  private String page() {
    return """
    <form id="kc-select-organization" action="/elsewhere"><input name="q" type="text"/></form>
    <form id="kc-form-login" class="pf-v5-c-form" onsubmit="login.disabled = true; return true;"
        action="%s/login-actions/authenticate?session_code=Xgor&amp;client_id=cli" method="post">
      <input id="username" name="username" value="" type="text" autofocus
             aria-invalid=""/>
      <input id="password" name="password" value="" type="password"/>
      <input type="hidden" id="id-hidden-input" name="credentialId" />
      <button name="login" id="kc-login" type="submit">Sign In</button>
    </form>
    """
        .formatted(issuer());
  }

  /** Shows the page again where anything that the page and its cookie had is missing. */
  private void authenticate(HttpExchange exchange) throws IOException {
    var query = parameters(exchange.getRequestURI().getRawQuery());
    var form = parameters(body(exchange));
    var cookie = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie")).orElse("");
    if (query.equals(Map.of("session_code", "Xgor", "client_id", "cli"))
        && form.equals(Map.of("username", "ada", "password", "right", "credentialId", ""))
        && cookie.equals(SESSION)) {
      exchange.getResponseHeaders().add("Location", CALLBACK + "?state=mall&code=c.o.de");
      answer(exchange, 302, "");
    } else {
      answer(exchange, 200, page());
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    var form = parameters(body(exchange));
    boolean proven =
        form.getOrDefault("code", "").equals("c.o.de")
            && challenge.equals(sha256(form.getOrDefault("code_verifier", "")));
    answer(exchange, proven ? 200 : 400, "{\"access_token\": \"token\"}");
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> parameters(String encoded) {
    return Arrays.stream(encoded.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
