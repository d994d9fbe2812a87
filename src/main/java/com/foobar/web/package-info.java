/**
 * What every page and every API answer shares: who is asking, how a failure is told, the
 * layout around a page, that what is sent twice is done once.
 */
@NullMarked
package com.foobar.web;

import org.jspecify.annotations.NullMarked;
