package dev.mall.benchmarks.mall;

import dev.mall.cli.access.Credentials;
import java.net.URI;
import java.util.Map;

/**
 * How the services of a mall know their callers.
 *
 * @param settings of each service
 * @param credentials of the benchmark's programs
 */
public record CallerIdentity(Map<String, String> settings, Credentials credentials) {

  static final String OPERATOR_TOKEN = "benchmark-operator";

  private static final String ISSUER = "MALL_SECURITY_ISSUER";

  public CallerIdentity {
    settings = Map.copyOf(settings);
  }

  /** Services without an issuer, which ask for no token. */
  public static CallerIdentity none() {
    // empty rather than absent: the environment of the benchmark may name an issuer
    return new CallerIdentity(Map.of(ISSUER, ""), Credentials.withoutIssuer(OPERATOR_TOKEN));
  }

  /** Services that judge the tokens of an issuer. */
  public static CallerIdentity byTokens(URI issuer, Credentials credentials) {
    return new CallerIdentity(Map.of(ISSUER, issuer.toString()), credentials);
  }
}
