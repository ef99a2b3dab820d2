/** Operating-system processes, directories and ports of the embedded servers. */
@NullMarked
package dev.mall.embedded.process;

import org.jspecify.annotations.NullMarked;
