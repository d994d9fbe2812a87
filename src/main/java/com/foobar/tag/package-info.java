/**
 * Lists the tags of articles, for the API and for the home page of {@code article}.
 * Depends on {@link com.foobar.web}.
 */
@NullMarked
package com.foobar.tag;

import org.jspecify.annotations.NullMarked;
