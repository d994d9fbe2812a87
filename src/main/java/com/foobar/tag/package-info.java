/** The words that articles are filed under. */
@NullMarked
package com.foobar.tag;

import org.jspecify.annotations.NullMarked;
