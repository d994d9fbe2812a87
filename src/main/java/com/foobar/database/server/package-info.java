/**
 * Connections to the database servers: pools, TLS, and the monitor that probes each
 * server for its role.
 */
@NullMarked
package com.foobar.database.server;

import org.jspecify.annotations.NullMarked;
