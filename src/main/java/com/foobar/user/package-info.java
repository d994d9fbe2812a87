/**
 * Registration, sign-in and account settings. Implements the look-up of users that
 * {@link com.foobar.web.security} needs. Depends on {@link com.foobar.setting} and
 * {@link com.foobar.web}; no other package uses it.
 */
@NullMarked
package com.foobar.user;

import org.jspecify.annotations.NullMarked;
