/**
 * A load client of the whole site, for tests that break servers at the same time. It
 * reads and writes steadily and prints the results. It runs in a container of the lab
 * that has a JDK but no libraries.
 */
@NullMarked
package com.foobar.load;

import org.jspecify.annotations.NullMarked;
