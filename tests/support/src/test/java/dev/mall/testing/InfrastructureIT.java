package dev.mall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest
class InfrastructureIT {

  @Autowired JdbcClient jdbc;
  @Autowired Environment environment;
  @Autowired StatementCounter counter;
  @Autowired TransactionTemplate transaction;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    Infrastructure.register(registry, "testing");
  }

  @Test
  void givesAContextADatabaseOfItsOwn() {
    var database = jdbc.sql("select current_database()").query(String.class).single();
    var other = TestDatabase.create("testing");

    assertThat(database).startsWith("testing_").isNotEqualTo(other.name());
    try (var pool = other.pool(2)) {
      assertThat(JdbcClient.create(pool).sql("select current_user").query(String.class).single())
          .isEqualTo(other.name());
    }
  }

  @Test
  void startsKafkaAndRedisWhenTheyAreAskedFor() {
    assertThat(environment.getProperty("spring.kafka.bootstrap-servers"))
        .isEqualTo(Infrastructure.kafka().bootstrapServers());
    assertThat(environment.getProperty("mall.locking.redis-url"))
        .isEqualTo(Infrastructure.redis().url());
    assertThat(Infrastructure.kafka().running()).isTrue();
    assertThat(Infrastructure.redis().running()).isTrue();
  }

  @Test
  void countsTheStatementsOfASpringContext() throws Exception {
    var statements =
        counter.during(() ->
            transaction.executeWithoutResult(_ -> {
              jdbc.sql("select 1").query(Integer.class).single();
              jdbc.sql("select :it").param("it", 2).query(Integer.class).single();
            }));

    assertThat(statements)
        .extracting(StatementCounter.Executed::sql)
        .containsExactly("select 1", "select ?");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(CountStatements.class)
  static class Application {}
}
