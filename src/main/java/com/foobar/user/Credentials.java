package com.foobar.user;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What one fills in to sign in. */
record Credentials(@NotBlank(message = "can't be blank") String email, @NotBlank(message = "can't be blank") //
@Size(max = 256, message = "has more than {max} characters") String password) {

	@Override
	public String toString() {
		return "Credentials[email=%s]".formatted(this.email);
	}

}
