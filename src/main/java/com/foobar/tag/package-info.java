/** The tags of articles. */
@NullMarked
package com.foobar.tag;

import org.jspecify.annotations.NullMarked;
