/**
 * Chooses the server of a transaction, lets a read or a write wait for a server for a
 * limited time, and decides what happens to a transaction when its server fails. Only
 * {@link com.foobar.database.config} uses it. Depends on {@link com.foobar.database},
 * {@link com.foobar.database.connection}, {@link com.foobar.database.server} and
 * {@link com.foobar.database.topology}.
 */
@NullMarked
package com.foobar.database.routing;

import org.jspecify.annotations.NullMarked;
