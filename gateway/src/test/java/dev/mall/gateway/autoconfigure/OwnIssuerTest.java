package dev.mall.gateway.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class OwnIssuerTest {

  @ParameterizedTest
  @CsvSource({
    "'',                    true",
    "' ',                   true",
    "http://localhost:8080, true",
    "http://localhost:8080/, false",
    "http://127.0.0.1:8080, false",
    "https://id.example,    false"
  })
  void theGatewayIssuesTokensWhereServicesAcceptItsOwn(String accepted, boolean own) {
    var environment =
        new MockEnvironment()
            .withProperty("mall.gateway.identity.issuer", "http://localhost:8080")
            .withProperty("mall.security.issuer", accepted);

    assertThat(OwnIssuer.isIn(environment)).isEqualTo(own);
  }
}
