/**
 * Carries a visitor's position in the database from one request to the next, in a signed
 * token. Other packages use only {@code SignInRecheck}. Depends on
 * {@link com.foobar.database}, {@link com.foobar.setting}, {@link com.foobar.web} and
 * {@link com.foobar.web.security}.
 */
@NullMarked
package com.foobar.web.consistency;

import org.jspecify.annotations.NullMarked;
