/**
 * How much one user, or all together, may ask of an instance: rate limits and bulkheads.
 */
@NullMarked
package com.foobar.web.limit;

import org.jspecify.annotations.NullMarked;
