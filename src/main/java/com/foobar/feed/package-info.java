/**
 * Lists of articles for programs: Atom feeds and the sitemap.
 */
@NullMarked
package com.foobar.feed;

import org.jspecify.annotations.NullMarked;
