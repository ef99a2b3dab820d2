/**
 * Dead letters of all topics, kept in one place until an operator sends them again or discards
 * them.
 */
@NullMarked
package dev.mall.saga.operator.deadletters;

import org.jspecify.annotations.NullMarked;
