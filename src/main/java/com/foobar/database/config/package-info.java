/**
 * Declares the beans of {@link com.foobar.database} and connects its packages, all of
 * which it may use. No other package uses it.
 */
@NullMarked
package com.foobar.database.config;

import org.jspecify.annotations.NullMarked;
