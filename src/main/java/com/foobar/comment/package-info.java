/**
 * Comments of users on articles, and the page that shows an article with its comments.
 * Deletes the comments on deleted articles later, in batches. Depends on
 * {@link com.foobar.article}, {@link com.foobar.profile} and {@link com.foobar.web}; no
 * other package uses it.
 */
@NullMarked
package com.foobar.comment;

import org.jspecify.annotations.NullMarked;
