/**
 * Measures the costs of finding the right server for each transaction, and of rendering
 * pages. Run it with {@code mvn -Pbenchmark verify}.
 */
@NullMarked
package com.foobar.benchmark;

import org.jspecify.annotations.NullMarked;
