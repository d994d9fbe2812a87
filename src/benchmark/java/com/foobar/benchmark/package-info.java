/**
 * What it costs that the site finds the right server for each transaction, and that it
 * renders its pages: run with {@code mvn -Pbenchmark verify}.
 */
@NullMarked
package com.foobar.benchmark;

import org.jspecify.annotations.NullMarked;
