/** Publishing articles, finding them and reading them. */
@NullMarked
package com.foobar.article;

import org.jspecify.annotations.NullMarked;
