package dev.mall.saga.runtime;

import dev.mall.saga.engine.SagaInstance.DefinitionId;
import java.io.Serial;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * A newer release began this saga. That is not the message's fault: it waits until a replica reads
 * it that knows the definition.
 */
final class UnknownDefinitionException extends TransientDataAccessResourceException {

  @Serial private static final long serialVersionUID = 1L;

  UnknownDefinitionException(DefinitionId id) {
    super("%s is not known to this release".formatted(id));
  }
}
