/**
 * Pagination for the controllers of the JSON API, and the API's description. Depends on
 * {@link com.foobar.web.error}.
 */
@NullMarked
package com.foobar.web.api;

import org.jspecify.annotations.NullMarked;
