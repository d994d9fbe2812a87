/** Comments of users on articles. */
@NullMarked
package com.foobar.comment;

import org.jspecify.annotations.NullMarked;
