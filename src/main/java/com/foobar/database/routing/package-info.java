/**
 * Chooses the server of a transaction, lets a read or a write wait for a server for a
 * limited time, and decides what happens to a transaction when its server fails.
 */
@NullMarked
package com.foobar.database.routing;

import org.jspecify.annotations.NullMarked;
