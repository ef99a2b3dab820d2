/** The operator that a request is attributed to. */
@NullMarked
package dev.mall.saga.operator.audit.web;

import org.jspecify.annotations.NullMarked;
