package com.foobar.user;

import java.util.Optional;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/**
 * What the settings page shows and sends. The same rules hold as for the API: they stand
 * at {@link UserUpdate}.
 *
 * @param password empty to keep the one there is, and never shown again
 * @param currentPassword asked for where the visitor signed in a while ago
 */
public record SettingsForm(@Nullable String image, @Nullable String username, @Nullable String bio,
		@Nullable String email, @Nullable String password, @Nullable String currentPassword) {

	static SettingsForm of(User user) {
		return new SettingsForm(user.image(), user.username(), user.bio(), user.email(), null, null);
	}

	@Valid
	public UserUpdate getChanges() {
		Optional<String> newPassword = Optional.ofNullable(this.password).filter((text) -> !text.isEmpty());
		return new UserUpdate(said(this.email), said(this.username), newPassword.isPresent() ? newPassword : null,
				said(this.bio), said(this.image), this.currentPassword);
	}

	private static @Nullable Optional<String> said(@Nullable String text) {
		return (text != null) ? Optional.of(text) : null;
	}

	@Override
	public String toString() {
		return "SettingsForm[username=%s]".formatted(this.username);
	}

}
