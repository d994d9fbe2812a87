/**
 * Requests with an {@code Idempotency-Key}: each has its effect once, and the same
 * response however often it is sent. A handler needs nothing for that; one that does slow
 * work before it writes uses {@code ExplicitIdempotency} and {@code IdempotencyTemplate}.
 * Depends on {@link com.foobar.web}, {@link com.foobar.web.consistency},
 * {@link com.foobar.web.error} and {@link com.foobar.web.security}.
 */
@NullMarked
package com.foobar.web.idempotency;

import org.jspecify.annotations.NullMarked;
