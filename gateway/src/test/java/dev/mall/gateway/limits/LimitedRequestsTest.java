package dev.mall.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.gateway.limits.LimitedRequests.Limit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.jwt.BadJwtException;

class LimitedRequestsTest {

  private final LimitedRequests requests =
      new LimitedRequests(
          new Binder(new MapConfigurationPropertySource(Map.of()))
              .bindOrCreate("rates", RateProperties.class),
          _ -> {
            throw new BadJwtException("no token");
          });

  @ParameterizedTest
  @CsvSource({
    "GET,  /livez,                 ''",
    "GET,  /actuator/health,       ''",
    "GET,  /actuator/prometheus,   address",
    "GET,  /nowhere,               address",
    "GET,  /,                      address",
    "GET,  /cart,                  address session",
    "GET,  /%6Dy/orders/1,         address session",
    "GET,  /welcome,               address session",
    "POST, /api/orders,            address",
    "POST, /%61pi/orders,          address",
    "GET,  /oauth2/jwks,           address",
    "GET,  /login,                 address session",
    "GET,  /oauth2/authorize,      address session",
    "GET,  /oauth2/%61uthorize,    address session",
    "POST, /login,                 address session credentials",
    "POST, /%6Cogin,               address session credentials",
    "POST, /login;a=b,             address session credentials",
    "POST, /oauth2/%74oken,        address credentials",
    "POST, /oauth2/introspect,     address credentials"
  })
  void everySpellingOfAPathHasTheSameLimits(String method, String path, String names) {
    var request = new MockHttpServletRequest(method, path);
    request.setRequestedSessionIdValid(false);

    assertThat(requests.ofAddress(request))
        .extracting(Limit::name)
        .isEqualTo(names.isEmpty() ? List.of() : List.of(names.split(" ")));
  }

  @Test
  void pagesOfACustomerWhoIsLoggedInMakeNoNewSession() {
    assertThat(requests.ofAddress(new MockHttpServletRequest("GET", "/my/orders")))
        .extracting(Limit::name)
        .containsExactly("address");
  }

  @Test
  void everySpellingOfALoginNameHasTheSameLimit() {
    var keys =
        Stream.of("ada", " ada", "ada\t\n", "ADA", "\u0001 ada ")
            .map(LimitedRequestsTest::login)
            .map(requests::ofCaller)
            .toList();

    assertThat(keys)
        .allSatisfy(limits -> assertThat(limits).extracting(Limit::name).containsExactly("login"));
    assertThat(keys.stream().distinct()).hasSize(1);
  }

  private static MockHttpServletRequest login(String name) {
    var request = new MockHttpServletRequest("POST", "/%6Cogin");
    request.addParameter("username", name);
    return request;
  }
}
