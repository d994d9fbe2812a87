/** Publishes, edits, lists and shows articles. */
@NullMarked
package com.foobar.article;

import org.jspecify.annotations.NullMarked;
