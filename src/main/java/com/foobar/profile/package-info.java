/** The public profiles of users, and which user follows which. */
@NullMarked
package com.foobar.profile;

import org.jspecify.annotations.NullMarked;
