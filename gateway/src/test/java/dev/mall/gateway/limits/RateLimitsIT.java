package dev.mall.gateway.limits;

import static dev.mall.testing.HttpApi.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.UnexpectedReplyException;
import dev.mall.gateway.GatewayTests;
import dev.mall.testing.HttpApi;
import dev.mall.testing.Infrastructure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** Limits of one replica, and of several that share a Redis. */
@TestPropertySource(
    properties = {
      "mall.gateway.rates.login-burst=2",
      "mall.gateway.rates.subject-burst=2",
      "mall.gateway.rates.subject-per=1m",
      "mall.gateway.rates.token-burst=20"
    })
class RateLimitsIT extends GatewayTests {

  @Autowired private ServletWebServerApplicationContext context;

  private static final Rate RATE = new Rate(3, Duration.ofMinutes(1));

  @Test
  void requestsOfASubjectOverTheLimitAreRefused() throws Exception {
    var api = new HttpApi(port);
    var token = publicClient().login("ada", PASSWORD).path("access_token").asString();
    var first = api.send(api.to("/api/nothing").header("Authorization", "Bearer " + token).GET());
    api.send(api.to("/api/nothing").header("Authorization", "Bearer " + token).GET());
    var third = api.send(api.to("/api/nothing").header("Authorization", "Bearer " + token).GET());

    assertThat(first.statusCode()).isEqualTo(404);
    assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"subject\";q=2;w=120");
    assertThat(first.headers().firstValue("RateLimit").orElseThrow())
        .startsWith("\"subject\";r=1;t=");
    problem(third, 429, "rate-limited");
    assertThat(third.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(50L, 60L);
    assertThat(api.get("/api/nothing").statusCode()).as("without a token").isEqualTo(404);
  }

  @Test
  void attemptsToLogInOverTheLimitAreRefused() {
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> publicClient().login("ben", "wrong"))
          .isInstanceOf(UnexpectedReplyException.class)
          .hasMessageContaining("refused");
    }

    assertThatThrownBy(() -> publicClient().login("ben", PASSWORD))
        .as("also with the right password")
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("too many logins");
    assertThatThrownBy(() -> publicClient().login(" Ben ", PASSWORD))
        .as("another spelling of the name")
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("too many logins");
  }

  @Test
  void anotherSpellingOfAPathIsCountedToo() throws Exception {
    var answer =
        new HttpApi(port)
            .send(
                new HttpApi(port)
                    .to("/oauth2/%74oken")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=client_credentials")));

    assertThat(answer.headers().firstValue("RateLimit-Policy").orElseThrow())
        .startsWith("\"credentials\";q=20");
  }

  @Test
  void aSessionIsShortUntilTheLogin() throws Exception {
    new HttpApi(port).get("/login");
    publicClient().login("mia", PASSWORD);

    assertThat(sessionTimeouts()).contains(300, 1_800);
    assertThat(sessionTimeouts()).allMatch(seconds -> seconds == 300 || seconds == 1_800);
  }

  private List<Integer> sessionTimeouts() {
    var tomcat = ((TomcatWebServer) Objects.requireNonNull(context.getWebServer())).getTomcat();
    return Stream.of(tomcat.getHost().findChildren())
        .flatMap(it -> Stream.of(((Context) it).getManager().findSessions()))
        .map(Session::getMaxInactiveInterval)
        .toList();
  }

  @Test
  void replicasShareARedis() {
    var key = UUID.randomUUID().toString();
    var redis = redisson(Infrastructure.redis().url());
    try {
      var one = rates(redis);
      var other = rates(redis);

      assertThat(one.take(key, RATE).remaining()).isEqualTo(2);
      assertThat(other.take(key, RATE).remaining()).isEqualTo(1);
      assertThat(one.take(key, RATE).remaining()).isZero();
      var refused = other.take(key, RATE);
      assertThat(refused.allowed()).isFalse();
      assertThat(refused.retryMillis()).isBetween(50_000L, 60_000L);
      assertThat(redis.getBucket("mall:rate:" + key).remainTimeToLive()).isPositive();
    } finally {
      redis.shutdown();
    }
  }

  @Test
  void aReplicaCountsAloneWithoutRedis() {
    var redis = redisson("redis://127.0.0.1:1");
    try {
      var alone = rates(redis);
      for (int i = 0; i < 3; i++) {
        assertThat(alone.take("a", RATE).allowed()).isTrue();
      }
      assertThat(alone.take("a", RATE).allowed()).isFalse();
    } finally {
      redis.shutdown();
    }
  }

  private static Rates rates(RedissonClient redis) {
    return new Rates(
        Optional.of(new RedisRates(redis)), new LocalRates(() -> 0), new SimpleMeterRegistry());
  }

  private static RedissonClient redisson(String url) {
    var config = new Config().setLazyInitialization(true);
    config
        .useSingleServer()
        .setAddress(url)
        .setTimeout(2000)
        .setConnectTimeout(2000)
        .setRetryAttempts(0);
    return Redisson.create(config);
  }
}
