/** Three nodes of the replicated store as processes, faults of nodes and networks, and a client. */
@NullMarked
package dev.mall.lab.consensus.cluster;

import org.jspecify.annotations.NullMarked;
