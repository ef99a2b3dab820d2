/** Migrations, and the database's clock. */
@NullMarked
package dev.mall.messaging.database;

import org.jspecify.annotations.NullMarked;
