package dev.mall.testing.access;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A test of a service that judges the tokens of an issuer, which ends with the test's JVM. */
public interface WithIssuer {

  LocalIssuer ISSUER = LocalIssuer.start();

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("mall.security.issuer", ISSUER::address);
  }
}
