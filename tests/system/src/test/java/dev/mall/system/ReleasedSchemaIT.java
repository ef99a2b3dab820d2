package dev.mall.system;

import static java.util.function.Function.identity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Release 0.1.0 can work on today's schema, side by side with today's release or rolled back. */
class ReleasedSchemaIT {

  /** Migrations of 0.1.0 have small numbers, later ones are numbered by the time of writing. */
  private static final String RELEASED = "1000?";

  /**
   * Which rows a table takes, beyond its columns: constraints, unique indexes and triggers. NOT
   * NULL, a constraint of its own (n) since PostgreSQL 18, is compared with the columns.
   */
  private static final String RULES =
      """
      select conrelid::regclass || ': ' || pg_get_constraintdef(oid)
        from pg_constraint
       where connamespace = 'public'::regnamespace and conrelid <> 0 and contype <> 'n'
       union all
      select indexdef from pg_indexes where schemaname = 'public' and indexdef like 'CREATE UNIQUE%'
       union all
      select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      """;

  private static final Pattern VALUE_LIST = Pattern.compile("ARRAY\\[[^]]*]");
  private static final Pattern VALUE = Pattern.compile("'[A-Z_]+'");

  private record Column(
      String table, String name, String type, boolean nullable, boolean hasDefault) {

    String key() {
      return table + "." + name;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kit,identifiers,order",
        "kit,locking,inventory",
        "kit,payment",
        "kit,notification",
        "kit,saga"
      })
  void isStillAllThere(String schemas) {
    var database = TestDatabase.create("released");
    var jdbc = JdbcClient.create(database.dataSource());
    migrate(database, schemas, RELEASED);
    var columns = columns(jdbc);
    var rules = rules(jdbc);
    var tables = columns.values().stream().map(Column::table).collect(Collectors.toSet());

    migrate(database, schemas, "latest");

    var columnsNow = columns(jdbc);
    columns.forEach((key, column) -> {
      assertThat(columnsNow).containsKey(key);
      assertThat(columnsNow.get(key).type()).as(key).isEqualTo(column.type());
      assertThat(columnsNow.get(key).hasDefault()).as(key).isEqualTo(column.hasDefault());
      assertThat(columnsNow.get(key).nullable() || !column.nullable()).as(key).isTrue();
    });
    assertThat(columnsNow.values())
        .filteredOn(column -> tables.contains(column.table()) && !columns.containsKey(column.key()))
        .allMatch(added -> added.nullable() || added.hasDefault());
    assertThat(rules(jdbc))
        .filteredOn(rule -> !rules.contains(rule) && !loosensOneOf(rules, rule))
        .noneMatch(rule -> tables.stream().anyMatch(table -> isAbout(rule, table)));
    assertThat(archivesThatDiffer(jdbc)).isEmpty();
  }

  /** Whether it is a rule of 0.1.0 whose list of values has only grown. */
  private static boolean loosensOneOf(Set<String> released, String rule) {
    return released.stream()
        .anyMatch(old ->
            VALUE_LIST.matcher(old).replaceAll("").equals(VALUE_LIST.matcher(rule).replaceAll(""))
                && values(rule).containsAll(values(old)));
  }

  private static Set<String> values(String rule) {
    return VALUE.matcher(rule).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /** 0.1.0 reads a table and its archive in one {@code union all} of all their columns. */
  private static List<String> archivesThatDiffer(JdbcClient jdbc) {
    return jdbc.sql(
            """
            select a.table_name
              from (select table_name, array_agg(column_name || ' ' || data_type order by
                                                 ordinal_position) as columns
                      from information_schema.columns where table_schema = 'public'
                     group by table_name) as a
              join (select table_name, array_agg(column_name || ' ' || data_type order by
                                                 ordinal_position) as columns
                      from information_schema.columns where table_schema = 'public'
                     group by table_name) as t
                on a.table_name = t.table_name || '_archive'
             where a.columns <> t.columns
            """)
        .query(String.class)
        .list();
  }

  private static boolean isAbout(String rule, String table) {
    return rule.startsWith(table + ": ") || rule.contains(" ON public." + table + " ");
  }

  private static void migrate(TestDatabase database, String schemas, String target) {
    Schema.flyway(database.dataSource(), schemas.split(","))
        .outOfOrder(true)
        .target(target)
        .load()
        .migrate();
  }

  private static Map<String, Column> columns(JdbcClient jdbc) {
    return jdbc
        .sql(
            """
            select table_name as table, column_name as name, data_type as type,
                   is_nullable = 'YES' as nullable,
                   column_default is not null or is_identity = 'YES' as has_default
              from information_schema.columns
             where table_schema = 'public' and table_name <> 'flyway_schema_history'
            """)
        .query(Column.class)
        .list()
        .stream()
        .collect(Collectors.toMap(Column::key, identity()));
  }

  private static Set<String> rules(JdbcClient jdbc) {
    return Set.copyOf(jdbc.sql(RULES).query(String.class).list());
  }
}
