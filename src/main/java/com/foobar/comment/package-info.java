/** What readers say about articles. */
@NullMarked
package com.foobar.comment;

import org.jspecify.annotations.NullMarked;
