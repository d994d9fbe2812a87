/** www.foobar.com, a publishing site: each package below holds one feature. */
@NullMarked
package com.foobar;

import org.jspecify.annotations.NullMarked;
