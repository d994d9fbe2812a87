/**
 * The database servers with their pools and executed transactions, and the monitor that
 * probes each server for its role. Other packages use {@code Cluster}, {@code Node} and
 * {@code NodePool}. Depends on {@link com.foobar.database},
 * {@link com.foobar.database.connection} and {@link com.foobar.database.topology}.
 */
@NullMarked
package com.foobar.database.server;

import org.jspecify.annotations.NullMarked;
