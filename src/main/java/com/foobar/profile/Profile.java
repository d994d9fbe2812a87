package com.foobar.profile;

import org.jspecify.annotations.Nullable;

/**
 * A visitor as others see them.
 *
 * @param following whether the one who asks follows them; false for anonymous visitors
 */
public record Profile(String username, @Nullable String bio, @Nullable String image, boolean following) {
}
