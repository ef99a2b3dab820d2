/** Ways to lock, as libraries and servers offer them. */
@NullMarked
package dev.mall.lab.locks.provider;

import org.jspecify.annotations.NullMarked;
