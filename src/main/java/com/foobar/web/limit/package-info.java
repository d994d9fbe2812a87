/**
 * Rate limits per account and bulkheads per instance.
 */
@NullMarked
package com.foobar.web.limit;

import org.jspecify.annotations.NullMarked;
