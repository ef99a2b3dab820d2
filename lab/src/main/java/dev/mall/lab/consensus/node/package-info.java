/** A replicated key-value store on Apache Ratis: a node, which is a process of its own. */
@NullMarked
package dev.mall.lab.consensus.node;

import org.jspecify.annotations.NullMarked;
