package dev.mall.benchmarks.floor;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.benchmarks.load.Answer;
import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Places orders in the database, by as many connections as there are clients. */
final class JdbcOrderClient implements OrderClient {

  private final HikariDataSource pool = new HikariDataSource();
  private final Assortment assortment;
  private final PlaceLocally place;
  private final AtomicLong number = new AtomicLong();

  JdbcOrderClient(FloorDatabase database, Assortment assortment, int connections) {
    this.assortment = assortment;
    pool.setDataSource(database.dataSource());
    pool.setMaximumPoolSize(connections);
    pool.setAutoCommit(false);
    place =
        new PlaceLocally(
            JdbcClient.create(pool), new TransactionTemplate(new JdbcTransactionManager(pool)));
  }

  @Override
  public Answer place(boolean untilFinal) throws IOException {
    long order = number.getAndIncrement();
    var items = assortment.skusOf(order).stream().map(sku -> new LocalOrder.Item(sku, 1)).toList();
    var key = UUID.randomUUID().toString();
    try {
      place.place(new LocalOrder(assortment.customerOf(order), key, items.toString(), items));
      return Answer.FINAL;
    } catch (DataAccessException | TransactionException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
