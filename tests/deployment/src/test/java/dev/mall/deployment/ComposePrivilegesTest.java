package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Containers have the rights and the memory that they need. */
class ComposePrivilegesTest {

  private static final Yaml COMPOSE = Yaml.document("docker-compose.yml");

  @Test
  void noContainerGainsPrivilegesOrKeepsCapabilitiesThatItDoesNotNeed() {
    for (var name : COMPOSE.at("services").keys().toList()) {
      var service = COMPOSE.at("services", name);

      assertThat(service.at("cap_drop").items().map(Yaml::text)).as(name).containsExactly("ALL");
      assertThat(service.at("security_opt").items().map(Yaml::text))
          .as(name)
          .containsExactly("no-new-privileges:true");
      assertThat(service.at("mem_limit").exists()).as(name).isTrue();
    }
    assertThat(
            COMPOSE
                .at("services")
                .keys()
                .filter(name -> COMPOSE.at("services", name, "cap_add").exists()))
        .containsExactly("postgres");
  }
}
