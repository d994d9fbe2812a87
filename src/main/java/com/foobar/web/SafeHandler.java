package com.foobar.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the handler of a POST, PUT or DELETE that changes nothing, such as a preview:
 * safe in the sense of HTTP. It runs without the transaction of an
 * {@code Idempotency-Key} and reads like a GET, so it works without a primary.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SafeHandler {

}
