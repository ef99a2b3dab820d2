/** Five services, the gateway and the servers they need, started and stopped as one. */
@NullMarked
package dev.mall.launcher.suite;

import org.jspecify.annotations.NullMarked;
