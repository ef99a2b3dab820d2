package dev.mall.inventory.stock;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The stock of each product. */
@Service
public class StockLevels {

  private final StockStore stock;

  StockLevels(StockStore stock) {
    this.stock = stock;
  }

  /** Inserts the stock row of a new product, in the transaction that inserts the product. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void open(String sku) {
    stock.open(sku);
  }

  @Transactional(readOnly = true)
  public Optional<StockLevel> find(String sku) {
    return stock.find(sku);
  }

  /** The levels of those that exist, in SKU order. */
  @Transactional(readOnly = true)
  public List<StockLevel> find(Collection<String> skus) {
    return stock.find(skus);
  }
}
