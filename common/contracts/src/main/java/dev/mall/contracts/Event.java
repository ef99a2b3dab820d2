package dev.mall.contracts;

/** A fact that other services may react to; it has no reply. */
public sealed interface Event extends Message permits OrderEvent, ProductChanged {}
