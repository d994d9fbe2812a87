/**
 * The beans of {@link com.foobar.database}, put together.
 */
@NullMarked
package com.foobar.database.config;

import org.jspecify.annotations.NullMarked;
