package dev.mall.verifier.tables;

import dev.mall.cli.MallService;
import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The products of inventory-service, and order-service's copy of them, by which it prices. */
public final class CatalogueTables {

  private static final String PRODUCTS =
      "select sku, version, name, price_minor, currency from product";

  private final Snapshot original;
  private final Snapshot copy;

  /**
   * @param original inventory-service's database
   * @param copy order-service's, looked at before it
   */
  public CatalogueTables(Snapshot original, Snapshot copy) {
    this.original = original;
    this.copy = copy;
  }

  private record Product(String name, long priceMinor, String currency, long version) {

    @Override
    public String toString() {
      return "%s, %d %s, version %d".formatted(name, priceMinor, currency, version);
    }
  }

  /** Whether order-service prices by what inventory-service offers. */
  public boolean agrees() throws SQLException {
    return products(original).equals(products(copy));
  }

  /** Once nothing is under way. */
  public void judge(Findings findings) throws SQLException {
    var offered = products(original);
    var known = products(copy);
    var skus = new TreeSet<>(offered.keySet());
    skus.addAll(known.keySet());
    for (var sku : skus) {
      if (!Objects.equals(offered.get(sku), known.get(sku))) {
        findings.add(disagreement(sku, offered.get(sku), known.get(sku)));
      }
    }
  }

  private static Finding disagreement(
      String sku, @Nullable Product offered, @Nullable Product known) {
    return new Finding(
        Kind.CATALOGUE_DISAGREES,
        sku,
        Kind.CATALOGUE_DISAGREES.meaning(),
        Map.of(
            MallService.INVENTORY.title(), offered == null ? "no product" : offered.toString(),
            MallService.ORDER.title(), known == null ? "no product" : known.toString()));
  }

  private static Map<String, Product> products(Snapshot snapshot) throws SQLException {
    return snapshot
        .list(
            row ->
                Map.entry(
                    row.getString("sku"),
                    new Product(
                        row.getString("name"),
                        row.getLong("price_minor"),
                        row.getString("currency"),
                        row.getLong("version"))),
            PRODUCTS)
        .stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
  }
}
