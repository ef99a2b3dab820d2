/** The mall that is broken: servers, links and services, each to be killed, stopped and cut off. */
@NullMarked
package dev.mall.chaos.mall;

import org.jspecify.annotations.NullMarked;
