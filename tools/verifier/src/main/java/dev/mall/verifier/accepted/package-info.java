/** What customers were promised, kept apart from the databases that must keep the promise. */
@NullMarked
package dev.mall.verifier.accepted;

import org.jspecify.annotations.NullMarked;
