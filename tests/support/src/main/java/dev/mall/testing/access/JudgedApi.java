package dev.mall.testing.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.HttpApi;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The API of a service that judges the tokens of an issuer. */
public record JudgedApi(HttpApi api, LocalIssuer issuer) {

  /**
   * @param token empty: none is sent
   */
  public HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    return send(api.to(path).GET(), token);
  }

  public HttpResponse<String> post(String path, String body, String token)
      throws IOException, InterruptedException {
    return send(api.json(path).POST(BodyPublishers.ofString(body)), token);
  }

  public HttpResponse<String> put(String path, String body, String token)
      throws IOException, InterruptedException {
    return send(api.json(path).PUT(BodyPublishers.ofString(body)), token);
  }

  public HttpResponse<String> delete(String path, String token)
      throws IOException, InterruptedException {
    return send(api.to(path).DELETE(), token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String token)
      throws IOException, InterruptedException {
    return api.send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
  }

  public static void assertForbidden(HttpResponse<String> answer) {
    HttpApi.problem(answer, 403, "forbidden");
  }

  /**
   * Asserts that the service lets an auditor read {@code path}, but no caller without a token that
   * is valid here and now.
   */
  public void assertJudges(String path) throws IOException, InterruptedException {
    assertThat(get(path, issuer.token("eve", "AUDITOR")).statusCode()).isEqualTo(200);

    assertRefused(path, "", "Bearer realm=\"mall\"");
    var expired = Instant.now().minus(Duration.ofMinutes(5));
    var refused =
        List.of(
            issuer.token(it ->
                it.subject("eve")
                    .claim("roles", List.of("AUDITOR"))
                    .issuedAt(expired.minusSeconds(900))
                    .expiresAt(expired)),
            issuer.token(it ->
                it.subject("eve").claim("roles", List.of("AUDITOR")).audience(List.of("other"))),
            issuer.token(
                it -> it.subject("eve").claim("roles", List.of("AUDITOR")).issuer("http://other")),
            issuer.token("eve", "AUDITOR") + "x",
            "no token");
    for (var token : refused) {
      assertRefused(path, token, "Bearer realm=\"mall\", error=\"invalid_token\"");
    }
    try (var stranger = new LocalIssuer()) {
      assertRefused(
          path,
          stranger.token(
              it -> it.subject("eve").claim("roles", List.of("AUDITOR")).issuer(issuer.address())),
          "Bearer realm=\"mall\", error=\"invalid_token\"");
    }
    assertForbidden(get(path, issuer.token("eve")));
  }

  private void assertRefused(String path, String token, String challenge)
      throws IOException, InterruptedException {
    var answer = get(path, token);
    HttpApi.problem(answer, 401, "token-required");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue(challenge);
  }
}
