package com.foobar.profile;

import com.foobar.web.security.AuthenticatedUser;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Follows and unfollows authors in the JSON API. */
@RestController
@RequestMapping("/api/profiles/{username}/follow")
class FollowApi {

	private final Follows follows;

	FollowApi(Follows follows) {
		this.follows = follows;
	}

	@PostMapping
	ProfileApi.ProfileResponse follow(@PathVariable String username, @AuthenticationPrincipal AuthenticatedUser user) {
		return new ProfileApi.ProfileResponse(this.follows.add(username, user));
	}

	@DeleteMapping
	ProfileApi.ProfileResponse unfollow(@PathVariable String username,
			@AuthenticationPrincipal AuthenticatedUser user) {
		return new ProfileApi.ProfileResponse(this.follows.remove(username, user));
	}

}
