package dev.mall.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Records the statements that go through a {@link DataSource}, to show that a batch of 300 needs no
 * more of them than a batch of one.
 *
 * <p>Each execution is one statement. Statements of a JDBC batch count one by one, because the
 * server runs each. Commits are not statements.
 */
public final class StatementCounter {

  private final List<Executed> log = new CopyOnWriteArrayList<>();

  /**
   * @param thread the name of the thread that sent it
   */
  public record Executed(String thread, String sql) {}

  /** Work that may fail. */
  public interface Work {
    void run() throws Exception;
  }

  /** The same data source, with its statements recorded here. */
  public DataSource on(DataSource source) {
    return new DelegatingDataSource(source) {
      @Override
      public Connection getConnection() throws SQLException {
        return recorded(super.getConnection());
      }

      @Override
      public Connection getConnection(String username, String password) throws SQLException {
        return recorded(super.getConnection(username, password));
      }
    };
  }

  /** The statements that this thread sends during the work. */
  public List<Executed> during(Work work) throws Exception {
    int start = log.size();
    work.run();
    var here = Thread.currentThread().getName();
    return log.stream() // of a snapshot: other threads go on
        .skip(start)
        .filter(executed -> executed.thread().equals(here))
        .toList();
  }

  /** Statements since the last {@link #clear}, by threads whose name passes. */
  public List<Executed> by(Predicate<String> thread) {
    return log.stream().filter(executed -> thread.test(executed.thread())).toList();
  }

  public void clear() {
    log.clear();
  }

  private Connection recorded(Connection connection) {
    return proxy(Connection.class, new OfConnection(connection));
  }

  private void record(String sql) {
    log.add(new Executed(Thread.currentThread().getName(), sql.strip()));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            StatementCounter.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private final class OfConnection implements InvocationHandler {
    private final Connection connection;

    OfConnection(Connection connection) {
      this.connection = connection;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      var result = call(connection, method, arguments);
      return switch (method.getName()) {
        case "createStatement", "prepareStatement", "prepareCall" ->
            proxy(
                method.getReturnType().asSubclass(Statement.class),
                new OfStatement(result, sqlOf(arguments)));
        default -> result;
      };
    }
  }

  private static String sqlOf(Object @Nullable [] arguments) {
    return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql
        ? sql
        : "";
  }

  private final class OfStatement implements InvocationHandler {
    private final Object statement;
    private final String prepared;

    OfStatement(@Nullable Object statement, String prepared) {
      this.statement = Objects.requireNonNull(statement);
      this.prepared = prepared;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      switch (method.getName()) {
        case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "addBatch" ->
            record(arguments == null ? prepared : sqlOf(arguments));
        default -> {}
      }
      return call(statement, method, arguments);
    }
  }
}
