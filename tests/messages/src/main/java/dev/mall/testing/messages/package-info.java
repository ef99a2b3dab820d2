/** Support for tests of services that send and receive messages; tests/support is below the kit. */
@NullMarked
package dev.mall.testing.messages;

import org.jspecify.annotations.NullMarked;
