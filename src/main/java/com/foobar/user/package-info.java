/** Registering and signing in. */
@NullMarked
package com.foobar.user;

import org.jspecify.annotations.NullMarked;
