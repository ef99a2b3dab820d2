/**
 * Faults between services and servers: broken or slow connections and names that do not resolve.
 */
@NullMarked
package dev.mall.chaos.fault.network;

import org.jspecify.annotations.NullMarked;
