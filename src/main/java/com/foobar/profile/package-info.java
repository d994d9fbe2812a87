/** What one visitor sees of another. */
@NullMarked
package com.foobar.profile;

import org.jspecify.annotations.NullMarked;
