/**
 * Rate limits per account and bulkheads per instance. Features use {@code RateLimiter},
 * {@code Bulkhead} and {@code LargeResponses}. Depends on {@link com.foobar.database} for
 * deadlines, {@link com.foobar.web}, {@link com.foobar.web.error} and
 * {@link com.foobar.web.security}.
 */
@NullMarked
package com.foobar.web.limit;

import org.jspecify.annotations.NullMarked;
