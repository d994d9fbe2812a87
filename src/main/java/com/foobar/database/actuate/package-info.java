/**
 * Shows the database servers to an operator by an endpoint, health and metrics, and to
 * visitors by their status. No other package uses it. Depends on
 * {@link com.foobar.database}, {@link com.foobar.database.connection},
 * {@link com.foobar.database.server} and {@link com.foobar.database.topology}.
 */
@NullMarked
package com.foobar.database.actuate;

import org.jspecify.annotations.NullMarked;
