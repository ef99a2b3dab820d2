package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.inventory.InventoryApplication;
import dev.mall.notification.NotificationApplication;
import dev.mall.order.OrderApplication;
import dev.mall.payment.PaymentApplication;
import dev.mall.saga.SagaApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** The build of an image makes each service's context without a database, Kafka or Redis. */
class ImageTrainingTest {

  private static final Pattern PROPERTY =
      Pattern.compile("-D(?!spring\\.context)([\\w.-]+=[\\w.-]+)");

  static List<SpringApplicationBuilder> services() {
    return List.of(
        OrderApplication.application(),
        InventoryApplication.application(),
        PaymentApplication.application(),
        NotificationApplication.application(),
        SagaApplication.application());
  }

  @ParameterizedTest
  @MethodSource("services")
  void contextIsMadeWithoutAnyServer(SpringApplicationBuilder service) throws IOException {
    try (var context =
        service
            .initializers(ImageTrainingTest::startNothing)
            .registerShutdownHook(false)
            .run(settings())) {
      assertThat(context.isActive()).isTrue();
    }
  }

  /** The settings of docker/train.sh, with servers' addresses at which nothing listens. */
  private static String[] settings() throws IOException {
    var script = Files.readString(Yaml.ROOT.resolve("docker/train.sh"));
    var settings = PROPERTY.matcher(script).results().map(found -> "--" + found.group(1)).toList();
    assertThat(settings).contains("--spring.flyway.enabled=false");
    return settings.toArray(String[]::new);
  }

  /** As spring.context.exit=onRefresh does, which would end this JVM. */
  private static void startNothing(ConfigurableApplicationContext context) {
    context
        .getBeanFactory()
        .registerSingleton(
            AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, new StartsNothing());
  }

  private static final class StartsNothing extends DefaultLifecycleProcessor {

    @Override
    public void onRefresh() {}
  }
}
