/**
 * Leased locks over Redis that keep replicas out of each other's way, with fencing tokens from the
 * protected database. Without Redis work continues unlocked.
 */
@NullMarked
package dev.mall.locking;

import org.jspecify.annotations.NullMarked;
