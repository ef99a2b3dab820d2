/** Amounts of money: minor units and a currency, exact or refused. */
@NullMarked
package dev.mall.money;

import org.jspecify.annotations.NullMarked;
