/**
 * Normalizes the texts of requests, and checks them for visible and allowed characters.
 */
@NullMarked
package com.foobar.web.text;

import org.jspecify.annotations.NullMarked;
