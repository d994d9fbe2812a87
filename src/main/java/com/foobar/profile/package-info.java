/**
 * The public profiles of users, and which user follows which. The packages
 * {@code article}, {@code comment} and {@code feed} show authors as profiles. Depends on
 * {@link com.foobar.web}.
 */
@NullMarked
package com.foobar.profile;

import org.jspecify.annotations.NullMarked;
