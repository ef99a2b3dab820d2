package dev.mall.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.json.JsonMapper;

/** The routes beside the OpenAPI documents of the services. */
class UpstreamTest {

  @ParameterizedTest
  @EnumSource
  void everyPathOfAServiceHasARoute(Upstream upstream) throws IOException {
    var document = Path.of("..", "docs", "openapi", upstream.service() + ".json");
    var paths = JsonMapper.shared().readTree(Files.readString(document)).path("paths");

    assertThat(paths.propertyNames())
        .isNotEmpty()
        .allSatisfy(path ->
            assertThat(upstream.paths())
                .anyMatch(pattern ->
                    PathPatternParser.defaultInstance
                        .parse(pattern)
                        .matches(PathContainer.parsePath(path))));
  }
}
