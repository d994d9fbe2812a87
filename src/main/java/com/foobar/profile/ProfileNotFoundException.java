package com.foobar.profile;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a request with 404: no user has that name. */
public class ProfileNotFoundException extends RequestRefusedException {

	ProfileNotFoundException(String username) {
		super(HttpStatus.NOT_FOUND, "profile", "not found", "No user has the name [%s]".formatted(username));
	}

}
