package com.foobar.user;

import com.foobar.web.text.TextKind;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The email and the password of a sign-in. Immutable. */
record Credentials(@NotBlank @Size(max = 254) String email, @NotBlank @Size(max = 256) String password) {

	Credentials {
		email = TextKind.normalize(email);
	}

	@Override
	public String toString() {
		return "Credentials[email=%s]".formatted(this.email);
	}

}
