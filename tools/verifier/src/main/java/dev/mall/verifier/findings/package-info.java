/** What can be wrong, and what is. */
@NullMarked
package dev.mall.verifier.findings;

import org.jspecify.annotations.NullMarked;
