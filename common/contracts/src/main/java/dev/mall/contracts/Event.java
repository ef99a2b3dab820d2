package dev.mall.contracts;

/** Something happened that others may care about; nobody answers. */
public sealed interface Event extends Message permits OrderEvent, ProductChanged {}
