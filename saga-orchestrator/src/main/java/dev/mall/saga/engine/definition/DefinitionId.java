package dev.mall.saga.engine.definition;

/** Identifies the definition that a saga follows to its end, also when there are newer versions. */
public record DefinitionId(String name, int version) {}
