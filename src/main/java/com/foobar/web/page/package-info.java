/**
 * HTML pages: templates, layout, caching, and the pages that belong to no feature. The
 * templates use {@code Layout}, {@code PageMetadata} and {@code DateFormats}; controllers
 * return names of templates and use nothing of it. Depends on {@link com.foobar.database}
 * for the status page, on {@link com.foobar.web}, {@link com.foobar.web.idempotency} and
 * {@link com.foobar.web.security}.
 */
@NullMarked
package com.foobar.web.page;

import org.jspecify.annotations.NullMarked;
