package dev.mall.saga.operator;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.testing.access.JudgedApi.assertForbidden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.saga.IdleReplica;
import dev.mall.saga.Replica;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.testing.HttpApi;
import dev.mall.testing.access.JudgedApi;
import dev.mall.testing.access.LocalIssuer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The operator's API of a service that judges tokens. */
@ExtendWith(OutputCaptureExtension.class)
class DeskAccessIT {

  private static final long ORDER = 7;
  private static final String METRICS = "/actuator/prometheus";
  private static final String RELEASE = "/actuator/outboxquarantine/-7";
  private static final String MALLORY = "{\"who\": \"mallory\", \"why\": \"a test\"}";

  private static LocalIssuer issuer;
  private static Replica replica;
  private static JudgedApi api;

  @BeforeAll
  static void start() throws Exception {
    issuer = new LocalIssuer();
    replica = IdleReplica.start(issuer.address());
    api = new JudgedApi(new HttpApi(URI.create(replica.url()).getPort()), issuer);
    replica
        .bean(SagaRunner.class)
        .handle(
            List.of(new SagaSignal(ORDER, new Started(anOrder(ORDER), OperatorFixture.cause()))));
  }

  @AfterAll
  static void stop() {
    replica.close();
    issuer.close();
  }

  @Test
  void tokensAreJudged() throws Exception {
    api.assertJudges("/sagas");
  }

  @Test
  void anOperatorActsUnderTheNameInTheToken() throws Exception {
    var grace = issuer.token("grace", "OPERATOR");

    var named = api.post("/sagas/7/retry", MALLORY, grace);
    var unnamed = api.put("/steps/refund/pause", "{\"why\": \"a test\"}", grace);

    assertThat(named.statusCode()).as(named.body()).isEqualTo(200);
    assertThat(HttpApi.body(named).at("/acts/0/who").asString()).isEqualTo("grace");
    assertThat(unnamed.statusCode()).as(unnamed.body()).isEqualTo(200);
    assertThat(HttpApi.body(unnamed).at("/paused/who").asString()).isEqualTo("grace");
    assertThat(HttpApi.body(api.get("/acts", grace)).path("items").findValuesAsString("who"))
        .containsOnly("grace");
    HttpApi.assertProblem(api.post("/sagas/7/retry", "{}", grace), 400, "invalid-request", "why");
  }

  @Test
  void anAuditorReadsAndChangesNothing() throws Exception {
    var eve = issuer.token("eve", "AUDITOR");

    assertThat(api.get("/sagas/7", eve).statusCode()).isEqualTo(200);
    assertForbidden(api.post("/sagas/7/retry", MALLORY, eve));
    assertForbidden(api.put("/steps/pay/pause", MALLORY, eve));
  }

  @Test
  void othersHaveNoBusinessHere() throws Exception {
    for (var role : List.of("CUSTOMER", "CHANNEL", "MERCHANT")) {
      assertForbidden(api.get("/sagas", issuer.token("ada", role)));
      assertForbidden(api.post("/sagas/7/compensate", MALLORY, issuer.token("ada", role)));
    }
  }

  @Test
  void theSharedTokenReadsActuatorAlone() throws Exception {
    HttpApi.problem(api.get("/sagas", Replica.TOKEN), 401, "token-required");
    HttpApi.problem(api.post(RELEASE, MALLORY, Replica.TOKEN), 401, "unauthorized");
    assertThat(api.get(METRICS, Replica.TOKEN).statusCode()).isEqualTo(200);
    assertThat(api.get("/livez", "").statusCode()).isEqualTo(200);
  }

  @Test
  void actuatorIsAnOperatorsToChangeAndAnAuditorsToRead() throws Exception {
    var grace = issuer.token("grace", "OPERATOR");
    var eve = issuer.token("eve", "AUDITOR");
    OperatorFixture.quarantine(replica, -7, "refused");

    assertThat(api.get(METRICS, grace).statusCode()).isEqualTo(200);
    assertThat(api.get(METRICS, eve).statusCode()).isEqualTo(200);
    assertForbidden(api.get(METRICS, issuer.token("ada", "CUSTOMER")));
    assertForbidden(api.post(RELEASE, MALLORY, eve));
    HttpApi.problem(api.get(METRICS, ""), 401, "unauthorized");
    HttpApi.problem(api.post(RELEASE, MALLORY, "a guess"), 401, "unauthorized");
    assertThat(api.post(RELEASE, MALLORY, grace).statusCode()).isEqualTo(204);
  }

  @Test
  void anActAtActuatorIsLoggedUnderTheNameInTheToken(CapturedOutput log) throws Exception {
    var grace = issuer.token("grace", "OPERATOR");
    var quarantine = "/actuator/outboxquarantine/";
    OperatorFixture.quarantine(replica, -5, "refused");
    OperatorFixture.quarantine(replica, -4, "refused, too");
    OperatorFixture.quarantine(replica, -3, "refused, as well");
    var consumer = HttpApi.body(api.get("/actuator/consumers", grace)).propertyNames().iterator();

    var named = api.post(quarantine + -5, MALLORY, grace);
    var unnamed = api.post(quarantine + -4, "{\"why\": \"a trial\"}", grace);
    var discarded = api.delete(quarantine + "-3?who=mallory&why=void", grace);
    var excused =
        api.post(
            "/actuator/consumers/" + consumer.next(),
            "{\"giveUp\": \"0\", \"who\": \"mallory\"}",
            grace);

    assertThat(named.statusCode()).as(named.body()).isEqualTo(204);
    assertThat(unnamed.statusCode()).as(unnamed.body()).isEqualTo(204);
    assertThat(discarded.statusCode()).as(discarded.body()).isEqualTo(204);
    assertThat(excused.statusCode()).as(excused.body()).isEqualTo(200);
    assertThat(log.getOut())
        .contains("-5 of the outbox's quarantine was released by grace: a test")
        .contains("-4 of the outbox's quarantine was released by grace: a trial")
        .contains("-3 of the outbox's quarantine was discarded by grace: void")
        .contains("grace has 0 messages of")
        .doesNotContain("mallory");
  }
}
