/**
 * What the web layer and all features share: links, cookies, request ids, the request
 * deadline and points in time. The packages below it hold one concern each:
 * authentication, errors, pages, limits. They may use this package, and it uses none of
 * them. It depends on {@link com.foobar.database} and {@link com.foobar.setting}.
 */
@NullMarked
package com.foobar.web;

import org.jspecify.annotations.NullMarked;
