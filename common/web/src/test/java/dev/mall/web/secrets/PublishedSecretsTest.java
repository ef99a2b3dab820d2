package dev.mall.web.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The start of a service or of the gateway with secrets of a laptop, and with others. */
class PublishedSecretsTest {

  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(PublishedSecretsAutoConfiguration.class));

  private final ApplicationContextRunner elsewhere =
      service.withPropertyValues("mall.security.issuer=https://shop.example");

  @ParameterizedTest
  @CsvSource({
    "spring.datasource.password, laptop-order, MALL_…_DB_PASSWORD",
    "spring.datasource.url, jdbc:postgresql://db/mall?user=a&password=laptop-order, MALL_…_DB_URL",
    "mall.locking.redis-url, redis://:laptop-redis@redis:6379, MALL_REDIS_URL",
    "mall.gateway.rates.redis-url, rediss://mall:laptop-redis@redis:6379, MALL_REDIS_URL",
    "mall.web.operator.token, laptop-operator, MALL_OPERATOR_TOKEN",
    "mall.gateway.keys.secret, laptop-signing-keys, MALL_GATEWAY_KEY_SECRET",
    "mall.gateway.identity.users.ada.password, laptop-ada, mall.gateway.identity.users.ada",
    "mall.gateway.identity.clients.load.secret, laptop-load, mall.gateway.identity.clients.load"
  })
  void areRefusedOffTheLoopbackInterfaceByName(String property, String value, String variable) {
    elsewhere
        .withPropertyValues(property + "=" + value)
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasMessageContainingAll(
                    "mall.security.issuer", variable, property.substring(0, 17), "./mall secrets")
                .hasMessageNotContaining("laptop-"));
  }

  @Test
  void areAllNamedAtOnce() {
    elsewhere
        .withPropertyValues(
            "spring.datasource.password=laptop-saga", "mall.web.operator.token=laptop-operator")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasMessageContainingAll("MALL_…_DB_PASSWORD", "MALL_OPERATOR_TOKEN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://shop.example", "http://gateway:8080", "http://my_gateway:8080"})
  void areRefusedByTheGatewayWithItsOwnIssuer(String issuer) {
    service
        .withPropertyValues(
            "mall.gateway.identity.issuer=" + issuer, "mall.web.operator.token=laptop-operator")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasMessageContainingAll("mall.gateway.identity.issuer", "MALL_OPERATOR_TOKEN"));
  }

  @Test
  void areRefusedWithTheProfileSecureWhateverTheIssuer() {
    service
        .withInitializer(context -> context.getEnvironment().addActiveProfile("secure"))
        .withPropertyValues(
            "mall.security.issuer=http://127.0.0.1:8080", "mall.web.operator.token=laptop-operator")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasMessageContainingAll("profile secure", "MALL_OPERATOR_TOKEN"));
  }

  @Test
  void ofEnvironmentVariablesAreRefused() {
    elsewhere
        .withInitializer(context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(
                    new SystemEnvironmentPropertySource(
                        "systemEnvironment",
                        Map.of("MALL_GATEWAY_IDENTITY_USERS_ADA_PASSWORD", "laptop-ada"))))
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasMessageContaining("mall.gateway.identity.users.ada"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "http://127.0.0.1:18080", "http://localhost", "https://[::1]:8443/issuer"})
  void areGoodForALaptop(String issuer) {
    service
        .withPropertyValues(
            "mall.security.issuer=" + issuer,
            "spring.datasource.password=laptop-order",
            "mall.locking.redis-url=redis://:laptop-redis@redis:6379",
            "mall.web.operator.token=laptop-operator",
            "mall.gateway.identity.users.ada.password=laptop-ada")
        .run(context -> assertThat(context).hasNotFailed());
  }

  /** A user's name in an address makes no other host of it. */
  @Test
  void areRefusedWhereTheIssuerOnlyLooksLocal() {
    service
        .withPropertyValues(
            "mall.security.issuer=http://localhost:8080@shop.example",
            "mall.web.operator.token=laptop-operator")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void othersAreAcceptedEverywhere() {
    elsewhere
        .withPropertyValues(
            "spring.datasource.password=a-laptop-less-secret",
            "spring.datasource.url=jdbc:postgresql://laptop-7:5432/mall",
            "mall.locking.redis-url=redis://:secret@laptop-7:6379",
            "mall.gateway.rates.redis-url=redis://laptop-7:6379",
            "mall.gateway.identity.users.ada.password=correct-horse-battery")
        .run(context -> assertThat(context).hasNotFailed());
  }
}
