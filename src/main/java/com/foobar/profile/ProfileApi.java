package com.foobar.profile;

import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows profiles in the JSON API. */
@RestController
@RequestMapping("/api/profiles")
class ProfileApi {

	private final Profiles profiles;

	ProfileApi(Profiles profiles) {
		this.profiles = profiles;
	}

	@GetMapping("/{username}")
	ProfileResponse profile(@PathVariable String username, @AuthenticationPrincipal @Nullable AuthenticatedUser user) {
		return new ProfileResponse(this.profiles.find(username, user));
	}

	record ProfileResponse(Profile profile) {
	}

}
