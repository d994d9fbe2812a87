/**
 * Normalizes the texts of requests, and checks them for visible and allowed characters.
 * Features annotate the fields of their forms with {@code VisibleText}. Depends on
 * {@link com.foobar.web} and {@link com.foobar.web.security}.
 */
@NullMarked
package com.foobar.web.text;

import org.jspecify.annotations.NullMarked;
