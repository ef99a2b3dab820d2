/** What the person at the terminal sees. */
@NullMarked
package dev.mall.launcher.terminal;

import org.jspecify.annotations.NullMarked;
