/**
 * Carries a visitor's position in the database from one request to the next.
 */
@NullMarked
package com.foobar.web.consistency;

import org.jspecify.annotations.NullMarked;
