package dev.mall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.embedded.process.Ports;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server, which tests restart as they like, and a new database for each of them. */
class EmbeddedPostgresIT {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  @TempDir static Path directory;

  private static EmbeddedPostgres postgres;

  private String database;

  @BeforeAll
  static void chooseAPlace() {
    postgres = new EmbeddedPostgres(Place.lasting(directory, 0));
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @BeforeEach
  void start() {
    if (!postgres.running()) {
      postgres.start();
    }
    database = "mall_order_" + DATABASES.incrementAndGet();
    postgres.createDatabase(database);
  }

  @Test
  void syncsEveryCommit() throws SQLException {
    assertThat(ask(postgres.adminDataSource("postgres"), "show fsync")).isEqualTo("on");
    assertThat(ask(postgres.adminDataSource("postgres"), "show max_connections")).isEqualTo("300");
    assertThat(ask(postgres.adminDataSource("postgres"), "show max_prepared_transactions"))
        .isEqualTo("200");
  }

  @Test
  void letsNoRoleIntoTheDatabaseOfAnother() {
    postgres.createDatabase("mall_payment");

    assertThatThrownBy(() -> ask(postgres.dataSource(database, "mall_payment"), "select 1"))
        .hasMessageContaining("permission denied for database");
    assertThatThrownBy(() -> ask(postgres.dataSource(database, "postgres"), "select 1"))
        .hasMessageContaining("permission denied for database");
  }

  @Test
  void comesBackOnItsPortWithItsData() throws SQLException {
    int port = postgres.port();
    run("create table kept (it int); insert into kept values (7)");

    postgres.restart();
    postgres.createDatabase(database);

    assertThat(postgres.port()).isEqualTo(port);
    assertThat(ask(postgres.dataSource(database), "select it from kept")).isEqualTo("7");
  }

  @Test
  void keepsWhatWasCommittedBeforeItWasKilled() throws SQLException {
    run("create table kept (it int); insert into kept values (7)");

    postgres.process().kill();
    assertThat(postgres.running()).isFalse();
    postgres.start();

    assertThat(ask(postgres.dataSource(database), "select it from kept")).isEqualTo("7");
  }

  @Test
  void comesBackEmpty() {
    postgres.restartEmpty();

    assertThatThrownBy(() -> ask(postgres.dataSource(database), "select 1"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void isNotMistakenForAnotherServerOnItsPort(@TempDir Path elsewhere) {
    var second = new EmbeddedPostgres(Place.lasting(elsewhere, postgres.port()));

    assertThatThrownBy(second::start).isInstanceOf(ServerStartException.PortTaken.class);
    assertThat(second.running()).isFalse();
  }

  @Test
  void refusesADirectoryThatAServerUses() {
    var second = new EmbeddedPostgres(Place.lasting(directory, 0));

    assertThatThrownBy(second::start).isInstanceOf(ServerStartException.DirectoryTaken.class);
    assertThat(postgres.running()).isTrue();
  }

  @Test
  void answersNothingWhileSuspendedAndEverythingAfter() throws Exception {
    postgres.process().suspend();
    try (var impatient = new java.net.Socket()) {
      impatient.connect(new InetSocketAddress("127.0.0.1", postgres.port()));
      impatient.setSoTimeout(200);
      impatient.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47}); // SSL?
      assertThatThrownBy(() -> impatient.getInputStream().read())
          .isInstanceOf(java.net.SocketTimeoutException.class);
    } finally {
      postgres.process().resume();
    }

    assertThat(ask(postgres.dataSource(database), "select 1")).isEqualTo("1");
  }

  @Test
  void failsAtOnceWhenItsPortIsTaken(@TempDir Path elsewhere) throws Exception {
    try (var stranger = new ServerSocket()) {
      stranger.bind(new InetSocketAddress("0.0.0.0", Ports.free()));
      var late = new EmbeddedPostgres(Place.lasting(elsewhere, stranger.getLocalPort()));

      assertThatThrownBy(late::start)
          .isInstanceOf(ServerStartException.PortTaken.class)
          .hasMessageContaining(String.valueOf(stranger.getLocalPort()));
    }
  }

  private void run(String sql) throws SQLException {
    try (var connection = postgres.dataSource(database).getConnection();
        var statement = connection.createStatement()) {
      for (var one : List.of(sql.split(";"))) {
        statement.execute(one);
      }
    }
  }

  private static String ask(DataSource source, String sql) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
