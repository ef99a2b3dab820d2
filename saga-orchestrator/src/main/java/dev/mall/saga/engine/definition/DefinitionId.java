package dev.mall.saga.engine.definition;

/** Identifies the definition that a saga follows to its end, whatever newer versions there are. */
public record DefinitionId(String name, int version) {}
