package dev.mall.saga.runtime;

import dev.mall.saga.engine.Signal;

/**
 * @param sagaId of a saga that may not exist
 */
public record Incoming(long sagaId, Signal signal) {}
