/** Chapter 10: transactions, in one database and across two. */
@NullMarked
package dev.mall.lab.transactions;

import org.jspecify.annotations.NullMarked;
