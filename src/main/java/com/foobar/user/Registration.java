package com.foobar.user;

import com.foobar.web.text.TextKind;
import com.foobar.web.text.VisibleText;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * The data of a new user. Immutable.
 *
 * @param username part of URLs, so it has none of the characters that are special in them
 */
record Registration(@VisibleText(TextKind.NAME) @Size(max = 64) String username,
		@VisibleText(TextKind.EMAIL) @Size(max = 254) @Email String email,
		@NotBlank @Size(min = 8, max = 256, message = PASSWORD_RULE) String password) {

	static final String PASSWORD_RULE = "needs {min} to {max} characters";

	Registration {
		username = TextKind.normalize(username);
		email = TextKind.normalize(email);
	}

	@Override
	public String toString() {
		return "Registration[username=%s]".formatted(this.username);
	}

}
