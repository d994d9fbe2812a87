/**
 * The web layer that all features share: authentication, error handling, the layout of
 * pages, idempotent requests.
 */
@NullMarked
package com.foobar.web;

import org.jspecify.annotations.NullMarked;
