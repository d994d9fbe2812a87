/**
 * HTML pages: templates, layout, caching, and the pages that belong to no feature.
 */
@NullMarked
package com.foobar.web.page;

import org.jspecify.annotations.NullMarked;
