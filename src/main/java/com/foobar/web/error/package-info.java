/**
 * Error handling: turns exceptions and invalid requests into JSON for the API and into
 * pages for browsers. Features subclass {@code RequestRefusedException} and describe
 * errors as {@code ErrorDetails}. Depends on {@link com.foobar.database} and
 * {@link com.foobar.web}.
 */
@NullMarked
package com.foobar.web.error;

import org.jspecify.annotations.NullMarked;
