/**
 * Judges what the services' databases hold. It shares no code with the services, so that a mistake
 * of theirs is not its own.
 */
@NullMarked
package dev.mall.verifier;

import org.jspecify.annotations.NullMarked;
