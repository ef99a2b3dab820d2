/** Locks in etcd, where it is installed. */
@NullMarked
package dev.mall.lab.locks.etcd;

import org.jspecify.annotations.NullMarked;
