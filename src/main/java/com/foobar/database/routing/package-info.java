/**
 * Where a transaction runs, how long a read or a write waits for that, and what becomes
 * of it when a server fails.
 */
@NullMarked
package com.foobar.database.routing;

import org.jspecify.annotations.NullMarked;
