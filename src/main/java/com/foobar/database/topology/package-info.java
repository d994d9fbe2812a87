/**
 * Computes the roles and lags of the database servers from their probe results. No class
 * here does I/O or depends on another package. {@link com.foobar.database.server} feeds
 * it with results; the packages beside it read the {@code Topology}.
 */
@NullMarked
package com.foobar.database.topology;

import org.jspecify.annotations.NullMarked;
