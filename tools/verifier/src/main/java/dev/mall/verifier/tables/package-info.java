/** The tables of each service: all SQL of the verifier, one class per service. */
@NullMarked
package dev.mall.verifier.tables;

import org.jspecify.annotations.NullMarked;
