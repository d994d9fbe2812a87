package com.foobar.user;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.foobar.web.text.TextKind;
import com.foobar.web.text.VisibleText;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Changes to an account. A null field stays as it is. An empty {@link Optional} was null
 * in the JSON, which only {@code bio} and {@code image} accept; a blank text sets those
 * to null too. Immutable.
 *
 * @param currentPassword null or empty if the request has none; required for a new email
 * or password unless the user signed in recently
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UserUpdate(@Nullable Optional<@VisibleText(TextKind.EMAIL) @Size(max = 254) @Email String> email,
		@Nullable Optional<@VisibleText(TextKind.NAME) @Size(max = 64) String> username,
		@Nullable Optional<@NotBlank @Size(min = 8, max = 256, message = Registration.PASSWORD_RULE) String> password,
		@Nullable Optional<@VisibleText(value = TextKind.PROSE, optional = true) @Size(max = 2000) String> bio,
		@Nullable Optional<@VisibleText(value = TextKind.LINE, optional = true) @Size(max = 2000) String> image,
		@Nullable @Size(max = 256) String currentPassword) {

	UserUpdate {
		email = (email != null) ? email.map(TextKind::normalize) : null;
		username = (username != null) ? username.map(TextKind::normalize) : null;
	}

	/**
	 * Returns the user with the changes applied.
	 * @param hash the hash of the new password; null if the password stays
	 */
	User applyTo(User before, @Nullable String hash) {
		return new User(before.id(), changed(this.email, before.email()), changed(this.username, before.username()),
				(hash != null) ? hash : before.password(), cleared(this.bio, before.bio()),
				cleared(this.image, before.image()), before.tokenGeneration(), before.keptToken());
	}

	/** Whether the changes include a new password or a new email. */
	boolean changesCredentials(User before) {
		return this.password != null || !changed(this.email, before.email()).equals(before.email());
	}

	boolean hasCurrentPassword() {
		return this.currentPassword != null && !this.currentPassword.isEmpty();
	}

	private static String changed(@Nullable Optional<String> change, String before) {
		return (change != null) ? change.orElseThrow() : before;
	}

	private static @Nullable String cleared(@Nullable Optional<String> change, @Nullable String before) {
		return (change != null) ? change.filter((text) -> !TextKind.isBlank(text)).orElse(null) : before;
	}

	@Override
	public String toString() {
		return "UserUpdate[email=%s, username=%s]".formatted(this.email, this.username);
	}

}
