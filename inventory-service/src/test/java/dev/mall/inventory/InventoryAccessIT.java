package dev.mall.inventory;

import static dev.mall.testing.access.JudgedApi.assertForbidden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.HttpApi;
import dev.mall.testing.access.JudgedApi;
import dev.mall.testing.access.WithIssuer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** inventory-service with an issuer: who may do what. */
class InventoryAccessIT extends InventoryServiceTests implements WithIssuer {

  private static final String PRODUCT =
      "{\"name\": \"Tea\", \"priceMinor\": 500, \"currency\": \"EUR\"}";
  private static final String RECEIPT = "{\"quantity\": 5}";

  @LocalServerPort int port;

  @Test
  void tokensAreJudged() throws Exception {
    api().assertJudges("/stock/" + aProduct());
  }

  @Test
  void theCatalogueIsOpen() throws Exception {
    var sku = aProduct();

    assertThat(api().get("/products", "").statusCode()).isEqualTo(200);
    assertThat(api().get("/products/" + sku, "").statusCode()).isEqualTo(200);
    assertThat(api().get("/availability?sku=" + sku, "").statusCode()).isEqualTo(200);
    HttpApi.problem(api().put("/products/" + sku, PRODUCT, ""), 401, "token-required");
  }

  @Test
  void aMerchantRunsTheShop() throws Exception {
    var sku = aProduct();
    var mia = ISSUER.token("mia", "MERCHANT");

    assertThat(api().put("/products/" + sku, PRODUCT, mia).statusCode()).isEqualTo(200);
    assertThat(api().post("/stock/" + sku + "/receipts", RECEIPT, mia).statusCode()).isEqualTo(201);
    assertThat(api().get("/stock/" + sku, mia).statusCode()).isEqualTo(200);
    assertThat(api().post("/catalogue/republish", "", mia).statusCode()).isEqualTo(202);
  }

  @Test
  void othersChangeNothing() throws Exception {
    var sku = aProduct();

    for (var role : List.of("CUSTOMER", "CHANNEL", "OPERATOR", "AUDITOR")) {
      var token = ISSUER.token("ada", role);
      assertForbidden(api().put("/products/" + sku, PRODUCT, token));
      assertForbidden(api().post("/stock/" + sku + "/receipts", RECEIPT, token));
      assertForbidden(api().post("/catalogue/republish", "", token));
    }
    assertThat(level(sku).received()).isZero();
    assertForbidden(api().get("/stock/" + sku, ISSUER.token("ada", "CUSTOMER")));
  }

  private JudgedApi api() {
    return new JudgedApi(new HttpApi(port), ISSUER);
  }
}
