/** Servers in processes of their own that are otherwise part of the JVM that starts them. */
@NullMarked
package dev.mall.embedded.standalone;

import org.jspecify.annotations.NullMarked;
