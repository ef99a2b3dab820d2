package dev.mall.verifier.accepted;

import dev.mall.verifier.tables.OrderTables;
import dev.mall.verifier.tables.PaymentTables;
import dev.mall.verifier.tables.StockTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down each order, cancellation, deposit and receipt of stock at the moment in which its
 * acceptance is known: a line of JSON each, added to what is there. Safe for several threads; a
 * line is in the file when a method returns, so that a killed writer loses nothing.
 */
public final class Journal implements AutoCloseable {

  static final String DEPOSIT = "deposit";
  static final String RECEIPT = "receipt";
  static final String CANCELLATION = "cancellation";

  private final JsonMapper json = JsonMapper.shared();
  private final FileChannel file;

  private Journal(FileChannel file) {
    this.file = file;
  }

  public static Journal open(Path file) {
    try {
      return new Journal(
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param key the request's Idempotency-Key, if it had one
   */
  public void accepted(String customerId, @Nullable String key, String id) {
    write(new AcceptedOrder(customerId, key, id, Instant.now().toString()));
  }

  /**
   * @param id of the order whose cancellation was accepted
   */
  public void cancelled(String id) {
    write(Map.of(CANCELLATION, new OrderTables.Cancellation(id)));
  }

  /**
   * @param key the request's Idempotency-Key
   */
  public void deposited(String customerId, String key, long amountMinor, String currency) {
    write(Map.of(DEPOSIT, new PaymentTables.Deposit(customerId, key, amountMinor, currency)));
  }

  /**
   * @param key the request's Idempotency-Key
   */
  public void received(String sku, String key, int quantity) {
    write(Map.of(RECEIPT, new StockTables.Receipt(sku, key, quantity)));
  }

  private synchronized void write(Object said) {
    var line =
        ByteBuffer.wrap((json.writeValueAsString(said) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        file.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
