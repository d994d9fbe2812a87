/**
 * A client of the whole site that reads and writes steadily and says what came of it, for
 * tests that break servers meanwhile. It runs in a container of the lab, where there is a
 * JDK and nothing else.
 */
package com.foobar.load;
