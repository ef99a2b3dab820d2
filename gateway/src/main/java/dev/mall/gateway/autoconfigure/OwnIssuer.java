package dev.mall.gateway.autoconfigure;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The gateway issues the tokens that services accept. Another issuer does where {@code
 * mall.security.issuer} is set and is not the gateway's own address: services would refuse the
 * gateway's tokens then, so it issues none.
 */
public final class OwnIssuer implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return isIn(context.getEnvironment());
  }

  static boolean isIn(Environment environment) {
    var accepted = environment.getProperty("mall.security.issuer", "");
    return accepted.isBlank()
        || accepted.equals(environment.getProperty("mall.gateway.identity.issuer"));
  }
}
