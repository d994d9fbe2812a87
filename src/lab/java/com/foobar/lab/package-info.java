/**
 * Tests of the whole site, against the lab that deploy/lab brought up: run them with
 * deploy/test.
 */
@NullMarked
package com.foobar.lab;

import org.jspecify.annotations.NullMarked;
