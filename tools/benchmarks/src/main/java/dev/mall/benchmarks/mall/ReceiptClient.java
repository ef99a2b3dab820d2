package dev.mall.benchmarks.mall;

import dev.mall.benchmarks.load.Answer;
import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Receives a piece of one product after the other, instead of ordering it. */
final class ReceiptClient implements OrderClient {

  private final Shop shop;
  private final List<String> skus;
  private final AtomicLong number = new AtomicLong();

  ReceiptClient(Shop shop, Assortment assortment) {
    this.shop = shop;
    this.skus = assortment.names();
  }

  /** Returns when the piece is booked; until then a refusal for now is repeated. */
  @Override
  public Answer place(boolean untilFinal) throws IOException {
    try {
      shop.receive(skus.get((int) (number.getAndIncrement() % skus.size())), 1);
      return Answer.FINAL;
    } catch (RuntimeException e) {
      throw new IOException("a receipt failed", e);
    }
  }

  @Override
  public void close() {
    // the connections belong to the shop
  }
}
