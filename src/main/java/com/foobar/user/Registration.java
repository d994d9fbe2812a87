package com.foobar.user;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What one fills in to join.
 *
 * @param username part of addresses, so without the characters that mean something in
 * them
 */
record Registration(@NotBlank(message = "can't be blank") @Size(max = 64, message = "has more than {max} characters") //
@Pattern(regexp = "(?!\\s)[^\\p{Cntrl}/\\\\?#%;]*(?<!\\s)",
		message = "may not contain / \\ ? # % ; or begin or end with a space") String username,
		@NotBlank(message = "can't be blank") @Size(max = 254, message = "has more than {max} characters") //
		@Email(message = "is not an email address") String email, @NotBlank(message = "can't be blank") //
		@Size(min = 8, max = 256, message = "needs {min} to {max} characters") String password) {

	@Override
	public String toString() {
		return "Registration[username=%s]".formatted(this.username);
	}

}
