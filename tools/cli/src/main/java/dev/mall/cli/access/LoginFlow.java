package dev.mall.cli.access;

import dev.mall.cli.UnexpectedReplyException;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs a person in at an OpenID Connect issuer as a browser would: authorization code with PKCE,
 * through the login page. One instance has one browser session.
 */
public final class LoginFlow {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MOST_REDIRECTS = 10;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI issuer;
  private final Program program;
  private final String verifier = random();
  private final HttpClient browser =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager(null, LoginFlow::keep))
          .connectTimeout(TIMEOUT)
          .build();
  private @Nullable IssuerMetadata metadata;

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
   * @param issuer the address of the gateway, or of another OpenID Connect issuer
   */
  public LoginFlow(URI issuer, Program program) {
    this.issuer = issuer;
    this.program = program;
  }

  /**
   * Returns the answer of the token endpoint: {@code access_token}, {@code id_token} and so on.
   *
   * @throws UnexpectedReplyException if the issuer refuses the login
   */
  public JsonNode login(String login, String password) throws IOException, InterruptedException {
    return exchange(authorize(login, password));
  }

  /** Returns the authorization code. */
  public String authorize(String login, String password) throws IOException, InterruptedException {
    var form = LoginForm.on(followed(page(authorization())));
    var fields = new HashMap<>(form.hidden());
    fields.put("username", login);
    fields.put("password", password);
    var answer = send(post(form.action()).POST(BodyPublishers.ofString(form(fields))));
    if (answer.statusCode() == 429) {
      throw new UnexpectedReplyException("too many logins: " + answer.body());
    }
    var last = followed(answer);
    if (last.statusCode() == 200) { // the login page again
      throw new UnexpectedReplyException(
          "the issuer %s refused the login of %s".formatted(issuer, login));
    }
    var client = redirectOf(last);
    return parameter(client, "code")
        .orElseThrow(() -> new UnexpectedReplyException("the issuer gave no code, but " + client));
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
    return redirectOf(page(to("end_session_endpoint", parameters)));
  }

  /** Whether the session still gives codes without another login. */
  public boolean isLoggedIn() throws IOException, InterruptedException {
    return parameter(redirectOf(page(authorization())), "code").isPresent();
  }

  private JsonNode token(Map<String, String> parameters) throws IOException, InterruptedException {
    var request = post(endpoint("token_endpoint"));
    if (!program.secret().isEmpty()) {
      var pair = program.clientId() + ":" + program.secret();
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    var answer = send(request.POST(BodyPublishers.ofString(form(parameters))));
    if (answer.statusCode() != 200) {
      throw new UnexpectedReplyException(
          "the issuer gave no token: %d %s".formatted(answer.statusCode(), answer.body()));
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  private URI authorization() {
    return to(
        "authorization_endpoint",
        Map.of(
            "response_type", "code",
            "client_id", program.clientId(),
            "redirect_uri", program.redirectUri().toString(),
            "scope", "openid",
            "state", "mall",
            "code_challenge", sha256(verifier),
            "code_challenge_method", "S256"));
  }

  private URI to(String endpoint, Map<String, String> parameters) {
    return URI.create(endpoint(endpoint) + "?" + form(parameters));
  }

  private URI endpoint(String name) {
    var known = metadata;
    if (known == null) {
      known = IssuerMetadata.of(issuer);
      metadata = known;
    }
    return known.endpoint(name);
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

  /** Follows redirects to a page, or up to the one that leads to the client. */
  private HttpResponse<String> followed(HttpResponse<String> first)
      throws IOException, InterruptedException {
    var answer = first;
    for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
      var next = locationOf(answer);
      if (next.filter(location -> !isClient(location)).isEmpty()) {
        return answer;
      }
      answer = page(next.get());
    }
    throw new UnexpectedReplyException("%s redirects without end".formatted(first.uri()));
  }

  private boolean isClient(URI location) {
    return location.toString().startsWith(program.redirectUri().toString());
  }

  private static Optional<URI> locationOf(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").map(answer.uri()::resolve);
  }

  private static URI redirectOf(HttpResponse<String> answer) {
    return locationOf(answer)
        .orElseThrow(() ->
            new UnexpectedReplyException(
                "%s answered %d instead of a redirect: %s"
                    .formatted(answer.uri(), answer.statusCode(), answer.body())));
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

  /**
   * As browsers do: loopback addresses are secure origins, and versions of cookies do not count.
   */
  private static boolean keep(URI from, HttpCookie cookie) {
    cookie.setSecure(cookie.getSecure() && !LOOPBACK.contains(from.getHost()));
    cookie.setVersion(0);
    return true;
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
