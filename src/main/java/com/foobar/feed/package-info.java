/**
 * Lists of articles for programs: Atom feeds and the sitemap. Depends on
 * {@link com.foobar.article}, {@link com.foobar.profile} and {@link com.foobar.web}; no
 * other package uses it.
 */
@NullMarked
package com.foobar.feed;

import org.jspecify.annotations.NullMarked;
