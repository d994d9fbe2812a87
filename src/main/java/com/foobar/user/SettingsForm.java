package com.foobar.user;

import java.util.Optional;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the settings form. The validation rules are those of {@link UserUpdate},
 * as for the API. Immutable.
 *
 * @param password the new password; empty to keep the current one. The page never shows
 * it.
 * @param currentPassword the form asks for it unless the user signed in recently
 */
public record SettingsForm(@Nullable String image, @Nullable String username, @Nullable String bio,
		@Nullable String email, @Nullable String password, @Nullable String currentPassword) {

	static SettingsForm of(User user) {
		return new SettingsForm(user.image(), user.username(), user.bio(), user.email(), null, null);
	}

	/** Returns the changes that the form submits. */
	@Valid
	public UserUpdate getChanges() {
		Optional<String> newPassword = Optional.ofNullable(this.password).filter((text) -> !text.isEmpty());
		return new UserUpdate(optional(this.email), optional(this.username),
				newPassword.isPresent() ? newPassword : null, optional(this.bio), optional(this.image),
				this.currentPassword);
	}

	private static @Nullable Optional<String> optional(@Nullable String text) {
		return (text != null) ? Optional.of(text) : null;
	}

	@Override
	public String toString() {
		return "SettingsForm[username=%s]".formatted(this.username);
	}

}
