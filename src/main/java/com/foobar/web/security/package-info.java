/**
 * Authentication and authorization: sign-in tokens and their keys, CSRF, CORS and the
 * filter chains of Spring Security.
 */
@NullMarked
package com.foobar.web.security;

import org.jspecify.annotations.NullMarked;
