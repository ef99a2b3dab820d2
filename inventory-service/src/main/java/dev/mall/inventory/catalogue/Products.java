package dev.mall.inventory.catalogue;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface Products extends Repository<Product, String> {

  Optional<Product> findBySku(String sku);

  List<Product> findBySkuGreaterThanOrderBySku(String sku, Limit limit);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from Product p where p.sku = :sku")
  Optional<Product> lock(String sku);

  /** Locks a page against changes, so that the published versions are the latest. */
  @Lock(LockModeType.PESSIMISTIC_READ)
  @Query("select p from Product p where p.sku > :sku order by p.sku")
  List<Product> lockAfter(String sku, Limit limit);

  /** Adds a product unless it is there; of two that race, the second waits for the first. */
  @Modifying
  @Query(
      nativeQuery = true,
      value =
          """
          insert into product (sku, name, price_minor, currency, version)
          values (:sku, :name, :priceMinor, :currency, 1)
          on conflict do nothing
          """)
  int add(String sku, String name, long priceMinor, String currency);
}
