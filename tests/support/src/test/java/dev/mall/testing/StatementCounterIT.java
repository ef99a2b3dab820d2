package dev.mall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementCounterIT {

  private final StatementCounter counter = new StatementCounter();
  private final DataSource source = counter.on(TestDatabase.create("counted").dataSource());

  @BeforeEach
  void makeATable() throws Exception {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table thing (id int)");
    }
    counter.clear();
  }

  @Test
  void countsEachRowOfAJdbcBatch() throws Exception {
    var statements = counter.during(() -> insert(300));

    assertThat(statements).hasSize(300);
  }

  @Test
  void distinguishesThreads() throws Exception {
    var other = new Thread(() -> insert(2), "other");

    var here =
        counter.during(() -> {
          insert(1);
          other.start();
          other.join();
        });

    assertThat(here).hasSize(1);
    assertThat(counter.by(name -> name.equals("other"))).hasSize(2);
    assertThat(counter.by(_ -> true)).hasSize(3);
  }

  private void insert(int rows) {
    try (var connection = source.getConnection();
        var statement = connection.prepareStatement("insert into thing values (?)")) {
      for (int id = 0; id < rows; id++) {
        statement.setInt(1, id);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
