/**
 * Computes the roles and lags of the database servers from their probe results. No class
 * here does I/O.
 */
@NullMarked
package com.foobar.database.topology;

import org.jspecify.annotations.NullMarked;
