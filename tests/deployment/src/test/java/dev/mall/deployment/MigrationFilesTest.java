package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of docs/releases.md for every migration. */
class MigrationFilesTest {

  private static final Path MIGRATIONS = Path.of("src/main/resources/db");
  private static final Pattern NAME = Pattern.compile("V(\\d{12})__[a-z0-9_]+\\.sql");
  private static final Pattern INDEX =
      Pattern.compile(
          "create\\s+(?:unique\\s+)?index\\s+(concurrently\\s+)?(?:if\\s+not\\s+exists\\s+)?(\\w+)\\s+on\\s+(?:only\\s+)?(\\w+)",
          Pattern.CASE_INSENSITIVE);

  @Test
  void ofAReleaseAreNeverEdited() throws Exception {
    for (var released : released().entrySet()) {
      assertThat(sha256(Yaml.ROOT.resolve(released.getKey())))
          .as(released.getKey())
          .isEqualTo(released.getValue());
    }
  }

  @Test
  void areNumberedByTheTimeOfWriting() throws IOException {
    var numbers = added().map(MigrationFilesTest::number).toList();

    assertThat(numbers).doesNotHaveDuplicates();
    for (var number : numbers) {
      assertThatCode(() -> LocalDateTime.parse(number, DateTimeFormatter.ofPattern("yyyyMMddHHmm")))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void buildIndexesWithoutBlockingWriters() throws IOException {
    for (var file : added().toList()) {
      assertThat(blocking(Files.readString(file), settings(file))).as("%s", file).isEmpty();
    }
  }

  private static final String CONCURRENT =
      "drop index concurrently if exists i; create unique index concurrently i on orders (id);";

  @Test
  void mayBuildOneConcurrently() {
    assertThat(blocking(CONCURRENT, "executeInTransaction=false")).isEmpty();
    assertThat(blocking("create table t (id int); create index i on t (id);", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create index i on orders (id);",
        "CREATE UNIQUE INDEX i\n ON orders (id);",
        "create index concurrently i on orders (id);",
        "create table t (id int); create index i on orders (id);"
      })
  void mayNotBuildOneLikeThis(String sql) {
    assertThat(blocking(sql, "executeInTransaction=false")).hasSize(1);
  }

  @Test
  void mayNotBuildOneInATransaction() {
    assertThat(blocking(CONCURRENT, "")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("dev.mall.deployment.Service#all")
  void areAppliedByEachServiceThatUsesThem(Service service) {
    assertThat(Yaml.text(service.files().getFirst()))
        .contains("classpath:db/kit", "classpath:db/" + service.word());
  }

  /** The indexes that would stop writers, or could not be built again after a failure. */
  private static List<String> blocking(String sql, String settings) {
    return INDEX
        .matcher(sql)
        .results()
        .filter(index ->
            !Pattern.compile("create\\s+table\\s+" + index.group(3) + "\\b").matcher(sql).find())
        .filter(
            index -> !(isConcurrent(index, sql) && settings.contains("executeInTransaction=false")))
        .map(MatchResult::group)
        .toList();
  }

  private static boolean isConcurrent(MatchResult index, String sql) {
    return index.group(1) != null
        && sql.contains("drop index concurrently if exists " + index.group(2) + ";");
  }

  private static String settings(Path migration) throws IOException {
    var file = migration.resolveSibling(migration.getFileName() + ".conf");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static String number(Path migration) {
    var name = NAME.matcher(migration.getFileName().toString());
    assertThat(name.matches()).as("%s is named by its time", migration).isTrue();
    return name.group(1);
  }

  private static Stream<Path> added() throws IOException {
    var released = released().keySet();
    return all().filter(file -> !released.contains(Yaml.ROOT.relativize(file).toString()));
  }

  private static Stream<Path> all() throws IOException {
    try (var files =
        Files.find(
            Yaml.ROOT,
            9,
            (file, _) ->
                file.toString().endsWith(".sql")
                    && file.toString().contains("/" + MIGRATIONS + "/"))) {
      return files.toList().stream();
    }
  }

  private static Map<String, String> released() throws IOException {
    try (var list = MigrationFilesTest.class.getResourceAsStream("/migrations-0.1.0.sha256")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" +"))
          .collect(Collectors.toMap(line -> line[1], line -> line[0]));
    }
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
