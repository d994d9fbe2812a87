/**
 * Classes that the controllers of the JSON API share: pagination, and the access check
 * before errors in a request. Depends on {@link com.foobar.web.error} and
 * {@link com.foobar.web.security}.
 */
@NullMarked
package com.foobar.web.api;

import org.jspecify.annotations.NullMarked;
