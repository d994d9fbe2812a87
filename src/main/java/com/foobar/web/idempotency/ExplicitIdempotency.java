package com.foobar.web.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler that says itself which part of it has its effect once, with
 * {@link IdempotencyTemplate}, or that has no such part. Around every other handler of a
 * request with an Idempotency-Key there is a transaction, and so a connection to the
 * primary is held from its beginning to its end. Mark a handler that has something slow
 * to do before, such as hashing a password.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ExplicitIdempotency {

}
