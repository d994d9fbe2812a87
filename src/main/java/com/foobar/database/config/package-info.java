/**
 * Declares the beans of the database servers, the routing and the migration, and connects
 * them. No other package uses it. Depends on {@link com.foobar.database},
 * {@link com.foobar.database.migration}, {@link com.foobar.database.routing},
 * {@link com.foobar.database.server}, {@link com.foobar.database.topology} and
 * {@link com.foobar.setting}.
 */
@NullMarked
package com.foobar.database.config;

import org.jspecify.annotations.NullMarked;
