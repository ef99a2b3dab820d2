/** The journal of accepted requests, kept apart from the databases that are checked against it. */
@NullMarked
package dev.mall.verifier.accepted;

import org.jspecify.annotations.NullMarked;
