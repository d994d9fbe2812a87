/**
 * Authentication and authorization: sign-in tokens and their keys, CSRF, CORS and the
 * filter chains of Spring Security. Features use {@code AuthenticatedUser}; {@code user}
 * implements {@code UserCredentialsLookup} and issues tokens. Depends on
 * {@link com.foobar.database}, {@link com.foobar.setting}, {@link com.foobar.web} and
 * {@link com.foobar.web.error}.
 */
@NullMarked
package com.foobar.web.security;

import org.jspecify.annotations.NullMarked;
