/**
 * Full-text search for articles.
 */
@NullMarked
package com.foobar.search;

import org.jspecify.annotations.NullMarked;
