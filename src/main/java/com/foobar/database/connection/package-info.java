/**
 * JDBC connections to one server: the URL of Connector/J with its timeouts and TLS, the
 * HikariCP pool, and MySQL's error codes. The other packages below
 * {@link com.foobar.database} use it; it depends on {@link com.foobar.database} alone.
 */
@NullMarked
package com.foobar.database.connection;

import org.jspecify.annotations.NullMarked;
