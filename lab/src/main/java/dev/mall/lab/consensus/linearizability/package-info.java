/** Whether concurrent calls look as if they had been made one after the other. */
@NullMarked
package dev.mall.lab.consensus.linearizability;

import org.jspecify.annotations.NullMarked;
