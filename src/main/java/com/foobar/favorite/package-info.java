/**
 * Stores which user likes which article. Depends on {@link com.foobar.article} and
 * {@link com.foobar.web}; no other package uses it.
 */
@NullMarked
package com.foobar.favorite;

import org.jspecify.annotations.NullMarked;
