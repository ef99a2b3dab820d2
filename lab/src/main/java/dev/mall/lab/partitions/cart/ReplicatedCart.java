package dev.mall.lab.partitions.cart;

import java.util.Set;

/**
 * A cart's state as a replica has it: a value that replicas send each other. Merging states in any
 * order, and repeatedly, gives the same state.
 */
public sealed interface ReplicatedCart permits LastWriterCart, SiblingsCart, ObservedRemoveCart {

  ReplicatedCart add(Writer writer, String item);

  ReplicatedCart remove(Writer writer, String item);

  /** The state of both. */
  ReplicatedCart merge(ReplicatedCart other);

  /** As a customer sees it, in the order of names. */
  Set<String> items();
}
