/**
 * Classes that the controllers of the API share.
 */
@NullMarked
package com.foobar.web.api;

import org.jspecify.annotations.NullMarked;
