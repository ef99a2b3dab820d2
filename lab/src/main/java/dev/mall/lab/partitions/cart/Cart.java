package dev.mall.lab.partitions.cart;

import java.util.Set;

/**
 * A cart's state as a replica has it: a value that replicas send each other. Merging states in any
 * order, and repeatedly, gives the same state.
 */
public sealed interface Cart permits LastWriterCart, SiblingsCart, ObservedRemoveCart {

  Cart add(Writer writer, String item);

  Cart remove(Writer writer, String item);

  /** The state of both. */
  Cart merge(Cart other);

  /** As a customer sees it, in the order of names. */
  Set<String> items();
}
