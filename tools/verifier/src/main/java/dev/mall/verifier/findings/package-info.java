/** The kinds of violations, and the violations found. */
@NullMarked
package dev.mall.verifier.findings;

import org.jspecify.annotations.NullMarked;
