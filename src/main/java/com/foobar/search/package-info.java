/**
 * Full-text search for articles, and its page. Depends on {@link com.foobar.article} and
 * {@link com.foobar.web}; no other package uses it.
 */
@NullMarked
package com.foobar.search;

import org.jspecify.annotations.NullMarked;
