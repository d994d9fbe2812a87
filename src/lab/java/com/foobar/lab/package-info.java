/**
 * Tests of the whole site in the lab that deploy/lab sets up. Run them with deploy/test.
 */
@NullMarked
package com.foobar.lab;

import org.jspecify.annotations.NullMarked;
