package com.foobar.web.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler that passes its idempotent part to {@link IdempotencyTemplate} itself,
 * or that has no such part. Every other handler of a request with an Idempotency-Key runs
 * in one transaction, which holds a connection to the primary from the handler's
 * beginning to its end. Mark a handler that does something slow before it writes, such as
 * hashing a password.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ExplicitIdempotency {

}
