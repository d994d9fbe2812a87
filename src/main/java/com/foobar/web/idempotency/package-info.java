/**
 * Requests with an {@code Idempotency-Key}: each has its effect once, and the same
 * response however often it is sent.
 */
@NullMarked
package com.foobar.web.idempotency;

import org.jspecify.annotations.NullMarked;
