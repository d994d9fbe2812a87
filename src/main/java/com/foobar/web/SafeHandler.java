package com.foobar.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the handler of a POST, PUT or DELETE that is safe as HTTP means it: it changes
 * nothing, such as a preview. It runs without an {@code Idempotency-Key}'s transaction
 * and reads like a GET, so it also answers while there is no primary.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SafeHandler {

}
