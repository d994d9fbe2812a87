/**
 * The database servers: connections to them, pools of those, TLS, and the probes that ask
 * each for its role.
 */
@NullMarked
package com.foobar.database.server;

import org.jspecify.annotations.NullMarked;
