/** Registration, sign-in and account settings. */
@NullMarked
package com.foobar.user;

import org.jspecify.annotations.NullMarked;
