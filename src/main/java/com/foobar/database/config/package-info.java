/**
 * Declares the beans of {@link com.foobar.database}.
 */
@NullMarked
package com.foobar.database.config;

import org.jspecify.annotations.NullMarked;
