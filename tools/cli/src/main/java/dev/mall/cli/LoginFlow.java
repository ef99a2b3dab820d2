package dev.mall.cli;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs a person in at the gateway as a browser would: authorization code with PKCE, through the
 * login page. One instance has one browser session.
 */
public final class LoginFlow {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final URI gateway;
  private final Program program;
  private final String verifier = random();
  private final HttpClient browser =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .connectTimeout(TIMEOUT)
          .build();

  /**
   * The client for which the person logs in.
   *
   * @param secret empty for a public client
   * @param redirectUri one that is registered; nothing listens there
   */
  public record Program(String clientId, String secret, URI redirectUri) {

    /** The secret stays out of logs. */
    @Override
    public String toString() {
      return "Program[clientId=%s]".formatted(clientId);
    }
  }

  /**
   * @param gateway its address, as {@code http://127.0.0.1:8080}
   */
  public LoginFlow(URI gateway, Program program) {
    this.gateway = gateway;
    this.program = program;
  }

  /**
   * Returns the answer of the token endpoint: {@code access_token}, {@code id_token} and so on.
   *
   * @throws UnexpectedReplyException if the gateway refuses the login
   */
  public JsonNode login(String login, String password) throws IOException, InterruptedException {
    return exchange(authorize(login, password));
  }

  /** Returns the authorization code. */
  public String authorize(String login, String password) throws IOException, InterruptedException {
    var start = redirectOf(page(gateway.resolve("/oauth2/authorize?" + form(authorization()))));
    var csrf = csrfOf(page(start));
    var answer =
        send(
            post(start)
                .POST(
                    BodyPublishers.ofString(
                        form(Map.of("username", login, "password", password, "_csrf", csrf)))));
    if (answer.statusCode() == 429) {
      throw new UnexpectedReplyException("too many logins: " + answer.body());
    }
    var next = redirectOf(answer);
    if (next.toString().contains("/login?error")) {
      throw new UnexpectedReplyException("the gateway refused the login of " + login);
    }
    var last = redirectOf(page(next));
    return parameter(last, "code")
        .orElseThrow(() -> new UnexpectedReplyException("the gateway gave no code, but " + last));
  }

  /** Exchanges a code for tokens. */
  public JsonNode exchange(String code) throws IOException, InterruptedException {
    return token(
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            program.redirectUri().toString(),
            "client_id",
            program.clientId(),
            "code_verifier",
            verifier));
  }

  /** Exchanges a refresh token for new tokens. */
  public JsonNode refresh(String refreshToken) throws IOException, InterruptedException {
    return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  /**
   * Logs out at the authorization server, by its own protocol.
   *
   * @param idToken of the login
   * @param returnTo a registered address
   * @return the address to which the logout leads
   */
  public URI logout(String idToken, URI returnTo) throws IOException, InterruptedException {
    var parameters =
        Map.of("id_token_hint", idToken, "post_logout_redirect_uri", returnTo.toString());
    return redirectOf(page(gateway.resolve("/connect/logout?" + form(parameters))));
  }

  /** Whether the session still gives codes without another login. */
  public boolean isLoggedIn() throws IOException, InterruptedException {
    return parameter(
            redirectOf(page(gateway.resolve("/oauth2/authorize?" + form(authorization())))), "code")
        .isPresent();
  }

  private JsonNode token(Map<String, String> parameters) throws IOException, InterruptedException {
    var request = post(gateway.resolve("/oauth2/token"));
    if (!program.secret().isEmpty()) {
      var pair = program.clientId() + ":" + program.secret();
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    var answer = send(request.POST(BodyPublishers.ofString(form(parameters))));
    if (answer.statusCode() != 200) {
      throw new UnexpectedReplyException(
          "the gateway gave no token: %d %s".formatted(answer.statusCode(), answer.body()));
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  private Map<String, String> authorization() {
    return Map.of(
        "response_type", "code",
        "client_id", program.clientId(),
        "redirect_uri", program.redirectUri().toString(),
        "scope", "openid",
        "state", "mall",
        "code_challenge", sha256(verifier),
        "code_challenge_method", "S256");
  }

  private HttpResponse<String> page(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).header("Accept", "text/html").GET());
  }

  private static HttpRequest.Builder post(URI uri) {
    return HttpRequest.newBuilder(uri).header("Content-Type", "application/x-www-form-urlencoded");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return browser.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
  }

  private URI redirectOf(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .map(gateway::resolve)
        .orElseThrow(() ->
            new UnexpectedReplyException(
                "%s answered %d instead of a redirect: %s"
                    .formatted(answer.uri(), answer.statusCode(), answer.body())));
  }

  private static String csrfOf(HttpResponse<String> page) {
    var token = CSRF.matcher(page.body());
    if (!token.find()) {
      throw new UnexpectedReplyException("%s shows no login page".formatted(page.uri()));
    }
    return token.group(1);
  }

  private static Optional<String> parameter(URI uri, String name) {
    var query = uri.getQuery();
    return query == null
        ? Optional.empty()
        : Arrays.stream(query.split("&", -1))
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .findFirst();
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return base64(bytes);
  }

  private static String sha256(String text) {
    try {
      return base64(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
