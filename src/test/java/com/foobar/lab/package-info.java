/**
 * Tests of the whole site, against the lab that deploy/lab brought up: run them with
 * deploy/test.
 */
package com.foobar.lab;
