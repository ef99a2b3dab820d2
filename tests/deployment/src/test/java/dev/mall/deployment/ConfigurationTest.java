package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/configuration.md has every setting, and no other. */
class ConfigurationTest {

  private static final List<String> SERVICES =
      Service.all().map(service -> service.module).toList();
  private static final List<String> MODULES =
      Stream.concat(SERVICES.stream(), Stream.of("gateway")).toList();
  private static final String PAGE = Yaml.text("docs/configuration.md");

  /** The cells of a table's row that begins with a variable. */
  private record Row(List<String> cells) {

    static Stream<Row> ofTablesWith(int columns) {
      return PAGE.lines()
          .filter(line -> line.startsWith("| `MALL_"))
          .map(line ->
              new Row(
                  Arrays.stream(line.substring(2).split(" \\|( |$)")).map(String::strip).toList()))
          .filter(row -> row.cells.size() == columns);
    }

    String cell(int column) {
      var cell = cells.get(column);
      return cell.equals("none") ? "" : cell.replace("`", "");
    }
  }

  @Test
  void hasEveryVariableOfTheServicesFiles() {
    var known = new TreeMap<String, String>();
    MODULES.stream()
        .flatMap(module -> Service.variablesOf(module).stream())
        .forEach(variable ->
            known.merge(variable.name(), variable.otherwise(), ConfigurationTest::same));

    assertThat(
            Row.ofTablesWith(4).collect(Collectors.toMap(row -> row.cell(0), row -> row.cell(2))))
        .isEqualTo(known);
  }

  @Test
  void saysWhoReadsAVariable() {
    Row.ofTablesWith(4)
        .forEach(row -> {
          assertThat(row.cell(1)).as(row.cell(0)).isEqualTo(named(readersOf(row.cell(0))));
        });
  }

  private static List<String> readersOf(String variable) {
    return MODULES.stream()
        .filter(module ->
            Service.variablesOf(module).stream().anyMatch(it -> it.name().equals(variable)))
        .toList();
  }

  private static String named(List<String> readers) {
    if (readers.equals(MODULES)) {
      return "all";
    }
    return readers.equals(SERVICES) ? "every service" : String.join(", ", readers);
  }

  @Test
  void hasEverySettingOfTheRecords() {
    var known =
        Settings.all().stream()
            .collect(
                Collectors.toMap(
                    Settings.Setting::variable,
                    setting -> List.of(setting.property(), setting.otherwise())));

    assertThat(known).hasSizeGreaterThan(30);
    assertThat(
            Row.ofTablesWith(5)
                .collect(
                    Collectors.toMap(row -> row.cell(0), row -> List.of(row.cell(1), row.cell(2)))))
        .isEqualTo(known);
  }

  @Test
  void saysTheUnitAndTheMeaningOfEach() {
    var units =
        Map.of(
            "Duration", "duration",
            "int", "count",
            "boolean", "flag",
            "String", "text",
            "List", "list",
            "DataSize", "size",
            "Instant", "instant",
            "Map", "map",
            "URI", "address");
    var unitOf =
        Settings.all().stream()
            .collect(
                Collectors.toMap(Settings.Setting::variable, setting -> units.get(setting.type())));

    assertThat(Row.ofTablesWith(5))
        .allSatisfy(row -> {
          assertThat(row.cell(3)).isEqualTo(unitOf.get(row.cell(0)));
          assertThat(row.cell(4)).hasSizeGreaterThan(10);
        });
    assertThat(Row.ofTablesWith(4))
        .allSatisfy(row -> assertThat(row.cell(3)).hasSizeGreaterThan(10));
  }

  @ParameterizedTest
  @CsvSource({
    "mall.messaging.replication-factor, MALL_MESSAGING_REPLICATIONFACTOR",
    "mall.saga.place-order.version, MALL_SAGA_PLACEORDER_VERSION"
  })
  void variablesAreNamedAsSpringBootBindsThem(String property, String variable) {
    assertThat(new Settings.Setting(property, "int", "").variable()).isEqualTo(variable);
  }

  private static String same(String one, String other) {
    assertThat(one).isEqualTo(other);
    return one;
  }
}
