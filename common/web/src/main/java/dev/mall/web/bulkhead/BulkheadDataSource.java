package dev.mall.web.bulkhead;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Limits the share of the pool that web requests use, so that consumers, relay and timers do not
 * queue behind them. A thread works for a web request while it has its request context.
 */
final class BulkheadDataSource extends DelegatingDataSource {

  private final Bulkhead bulkhead;

  BulkheadDataSource(DataSource pool, Bulkhead bulkhead) {
    super(pool);
    this.bulkhead = bulkhead;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return RequestContextHolder.getRequestAttributes() == null
        ? super.getConnection()
        : connectionForRequest();
  }

  private Connection connectionForRequest() throws SQLException {
    bulkhead.enter();
    try {
      return leavingOnClose(super.getConnection());
    } catch (SQLException | RuntimeException | Error failed) {
      bulkhead.leave();
      throw failed;
    }
  }

  private Connection leavingOnClose(Connection connection) {
    var open = new AtomicBoolean(true);
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              try {
                return invoke(connection, method, arguments);
              } finally {
                if (method.getName().equals("close") && open.compareAndSet(true, false)) {
                  bulkhead.leave();
                }
              }
            });
  }

  private static @Nullable Object invoke(
      Connection connection, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }
}
