/**
 * What every service's HTTP surface has in common: problem details for every error, request limits,
 * paging, request keys and the operator's token.
 */
@NullMarked
package dev.mall.web;

import org.jspecify.annotations.NullMarked;
