package com.foobar.profile;

import com.foobar.web.Links;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Handles the follow and unfollow buttons of the HTML pages. */
@Controller
@RequestMapping("/profile/{username}")
class FollowPages {

	private final Follows follows;

	FollowPages(Follows follows) {
		this.follows = follows;
	}

	@PostMapping("/follow")
	String follow(@PathVariable String username, @RequestParam(defaultValue = "/") String back,
			@AuthenticationPrincipal AuthenticatedUser user) {
		this.follows.add(username, user);
		return "redirect:" + Links.localOrRoot(back);
	}

	@PostMapping("/unfollow")
	String unfollow(@PathVariable String username, @RequestParam(defaultValue = "/") String back,
			@AuthenticationPrincipal AuthenticatedUser user) {
		this.follows.remove(username, user);
		return "redirect:" + Links.localOrRoot(back);
	}

}
