/**
 * The application of www.foobar.com, a publishing site. {@link com.foobar.database} and
 * {@link com.foobar.web} are the stack; {@link com.foobar.setting} reports invalid
 * settings; each other package is a feature. Features depend on the stack and on each
 * other in one direction. {@code FoobarApplication} depends on
 * {@link com.foobar.database} to migrate.
 */
@NullMarked
package com.foobar;

import org.jspecify.annotations.NullMarked;
