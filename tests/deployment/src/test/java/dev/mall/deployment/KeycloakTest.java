package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.security.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keycloak's realm has the roles, users and programs that the gateway has in docker-compose.yml.
 */
class KeycloakTest {

  private static final Yaml GATEWAY =
      Yaml.document("docker-compose.yml").at("services", "gateway", "environment");
  private static final Yaml SERVICES = Yaml.document("docker/keycloak.yaml").at("services");
  private static final Yaml KEYCLOAK = SERVICES.at("keycloak", "environment");
  private static final String REALM_FILE = "docker/keycloak/mall-realm.json";
  private static final Yaml REALM = Yaml.document(REALM_FILE); // JSON is YAML

  private static final Pattern ACCOUNT =
      Pattern.compile("MALL_GATEWAY_IDENTITY_(USERS|CLIENTS)_([A-Z]+)_(?:PASSWORD|SECRET)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::-[^}]*)?}");

  /**
   * A user or a program.
   *
   * @param variable of its password or secret
   */
  private record Account(String name, String variable, List<String> roles) {}

  @Test
  void hasEveryRole() {
    assertThat(REALM.at("roles", "realm").items().map(role -> role.at("name").text()))
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Role.values()).map(Role::name).toList());
  }

  @Test
  void hasEveryUserWithPasswordAndRoles() {
    assertThat(
            users(false)
                .map(user ->
                    new Account(
                        user.at("username").text(),
                        variableOf(
                            user.at("credentials").items().findFirst().orElseThrow().at("value")),
                        roles(user))))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(accounts("USERS"));
  }

  /** Keycloak asks a user without these for them, after the login. */
  @Test
  void profilesAreComplete() {
    assertThat(users(false))
        .allSatisfy(user ->
            assertThat(user.keys()).contains("firstName", "lastName", "email", "emailVerified"));
  }

  @Test
  void hasEveryProgramWithSecretAndRole() {
    var rolesOf =
        users(true)
            .collect(
                Collectors.toMap(
                    user -> user.at("serviceAccountClientId").text(), KeycloakTest::roles));

    assertThat(
            clients()
                .filter(client -> client.at("serviceAccountsEnabled").text().equals("true"))
                .map(client -> client.at("clientId").text())
                .map(id -> new Account(id, variableOf(client(id).at("secret")), rolesOf.get(id))))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(accounts("CLIENTS"));
  }

  @Test
  void peopleLogInByCodeAndProofAlone() {
    var cli = client("cli");

    assertThat(cli.at("publicClient").value()).isEqualTo(true);
    assertThat(cli.at("attributes", "pkce.code.challenge.method").text()).isEqualTo("S256");
    assertThat(cli.at("redirectUris").items().map(Yaml::text))
        .containsExactly(GATEWAY.at("MALL_GATEWAY_IDENTITY_CLIENTS_CLI_REDIRECTURIS").text());
    assertThat(clients())
        .allSatisfy(client -> {
          assertThat(client.at("directAccessGrantsEnabled").value()).isEqualTo(false);
          assertThat(client.at("standardFlowEnabled").value())
              .isEqualTo(client.at("publicClient").value());
        });
  }

  /** Keycloak makes it where the realm has none, and lets it take passwords. */
  @Test
  void keycloaksOwnClientThatTakesPasswordsIsDisabled() {
    assertThat(REALM.at("clients").items())
        .anySatisfy(client -> {
          assertThat(client.at("clientId").text()).isEqualTo("admin-cli");
          assertThat(client.at("enabled").value()).isEqualTo(false);
        });
  }

  /** As docs/security.md wants them; KeycloakTokenTest has the tokens that result. */
  @Test
  void everyClientsTokensHaveAudienceRolesAndSubject() {
    var claims =
        REALM
            .at("clientScopes")
            .items()
            .collect(
                Collectors.toMap(
                    scope -> scope.at("name").text(),
                    scope ->
                        scope.at("protocolMappers").items().map(KeycloakTest::claim).toList()));

    assertThat(clients())
        .allSatisfy(client ->
            assertThat(
                    client
                        .at("defaultClientScopes")
                        .items()
                        .flatMap(scope -> claims.get(scope.text()).stream()))
                .containsExactly("aud mall", "roles", "sub"));
  }

  private static String claim(Yaml mapper) {
    var audience = mapper.at("config", "included.custom.audience");
    return audience.exists() ? "aud " + audience : mapper.at("config", "claim.name").text();
  }

  @Test
  void everySecretOfTheRealmIsInItsEnvironment() {
    var named =
        VARIABLE.matcher(Yaml.text(REALM_FILE)).results().map(found -> found.group(1)).toList();

    assertThat(named).isNotEmpty();
    assertThat(KEYCLOAK.keys()).containsAll(named);
    assertThat(named)
        .allSatisfy(
            name -> assertThat(variableOf(KEYCLOAK.at(name))).as("not renamed").isEqualTo(name));
    assertThat(Yaml.text(REALM_FILE)).doesNotContain("laptop-");
  }

  @Test
  void servicesAndGatewayAcceptItsTokens() {
    var realm = "/realms/" + REALM.at("realm");

    assertThat(Stream.concat(Service.all().map(service -> service.module), Stream.of("gateway")))
        .allSatisfy(service -> {
          var environment = SERVICES.at(service, "environment");
          assertThat(environment.at("MALL_SECURITY_ISSUER").text())
              .isEqualTo(KEYCLOAK.at("KC_HOSTNAME") + realm);
          assertThat(environment.at("MALL_SECURITY_JWKSURI").text())
              .isEqualTo("http://keycloak:8080%s/protocol/openid-connect/certs".formatted(realm));
        });
    assertThat(SERVICES.at("seed", "environment", "MALL_TOKEN_ENDPOINT").text())
        .isEqualTo("http://keycloak:8080%s/protocol/openid-connect/token".formatted(realm));
    assertThat(Yaml.text("docker/seed.sh")).contains("MALL_TOKEN_ENDPOINT");
  }

  @Test
  void itsPortIsOnTheLoopbackInterfaceAndItsImageHasAVersion() {
    var keycloak = SERVICES.at("keycloak");
    var port = VARIABLE.matcher(KEYCLOAK.at("KC_HOSTNAME").text());
    assertThat(port.find()).isTrue();

    assertThat(keycloak.at("ports").items().map(Yaml::text))
        .containsExactly("127.0.0.1:%s:8080".formatted(port.group()));
    assertThat(keycloak.at("image").text()).matches("quay\\.io/keycloak/keycloak:26\\.\\d+\\.\\d+");
    assertThat(keycloak.at("mem_limit").exists()).isTrue();
    assertThat(keycloak.at("cap_drop").items().map(Yaml::text)).containsExactly("ALL");
  }

  private static List<Account> accounts(String kind) {
    return GATEWAY
        .keys()
        .map(ACCOUNT::matcher)
        .filter(key -> key.matches() && key.group(1).equals(kind))
        .map(key ->
            new Account(
                key.group(2).toLowerCase(Locale.ROOT),
                variableOf(GATEWAY.at(key.group())),
                List.of(
                    rolesOf("MALL_GATEWAY_IDENTITY_%s_%s_ROLES".formatted(kind, key.group(2))))))
        .toList();
  }

  /** A user without roles is a customer. */
  private static String rolesOf(String variable) {
    var roles = GATEWAY.at(variable);
    return roles.exists() ? roles.text() : Role.CUSTOMER.name();
  }

  private static Stream<Yaml> users(boolean ofPrograms) {
    return REALM
        .at("users")
        .items()
        .filter(user -> user.at("serviceAccountClientId").exists() == ofPrograms);
  }

  /** Those that are enabled. */
  private static Stream<Yaml> clients() {
    return REALM
        .at("clients")
        .items()
        .filter(client -> !Boolean.FALSE.equals(client.at("enabled").value()));
  }

  private static Yaml client(String id) {
    return clients()
        .filter(client -> client.at("clientId").text().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> roles(Yaml user) {
    return user.at("realmRoles").items().map(Yaml::text).toList();
  }

  private static String variableOf(Yaml value) {
    var variable = VARIABLE.matcher(value.text());
    assertThat(variable.matches()).as(value.text()).isTrue();
    return variable.group(1);
  }
}
