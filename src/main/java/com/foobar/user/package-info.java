/** Registering, signing in, and changing what the site knows of oneself. */
@NullMarked
package com.foobar.user;

import org.jspecify.annotations.NullMarked;
