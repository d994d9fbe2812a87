/**
 * Text from requests: normalised, and checked for characters that can be seen.
 */
@NullMarked
package com.foobar.web.text;

import org.jspecify.annotations.NullMarked;
