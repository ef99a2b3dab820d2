/** REST for sagas, steps and the audit. */
@NullMarked
package dev.mall.saga.operator.sagas.web;

import org.jspecify.annotations.NullMarked;
