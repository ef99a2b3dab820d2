/** The inbox over HTTP. */
@NullMarked
package dev.mall.notification.web;

import org.jspecify.annotations.NullMarked;
