package com.foobar.profile;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

public class ProfileNotFoundException extends RequestRefusedException {

	ProfileNotFoundException(String username) {
		super(HttpStatus.NOT_FOUND, "profile", "not found", "Nobody is called [%s]".formatted(username));
	}

}
