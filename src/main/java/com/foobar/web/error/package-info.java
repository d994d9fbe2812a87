/**
 * Error handling: turns exceptions and invalid requests into JSON for the API and into
 * pages for browsers.
 */
@NullMarked
package com.foobar.web.error;

import org.jspecify.annotations.NullMarked;
