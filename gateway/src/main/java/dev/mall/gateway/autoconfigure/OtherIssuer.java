package dev.mall.gateway.autoconfigure;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Another issuer than the gateway issues the tokens that services accept. */
public final class OtherIssuer implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return !OwnIssuer.isIn(context.getEnvironment());
  }
}
