/** REST for dead letters. */
@NullMarked
package dev.mall.saga.operator.deadletters.web;

import org.jspecify.annotations.NullMarked;
