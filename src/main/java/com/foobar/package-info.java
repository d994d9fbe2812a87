/** www.foobar.com, a publishing site: each package below is one of its features. */
@NullMarked
package com.foobar;

import org.jspecify.annotations.NullMarked;
