package com.foobar.user;

import com.foobar.web.Tokens;
import com.foobar.web.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UserApi {

	private final Accounts accounts;

	private final Tokens tokens;

	UserApi(Accounts accounts, Tokens tokens) {
		this.accounts = accounts;
		this.tokens = tokens;
	}

	@PostMapping("/api/users")
	@ResponseStatus(HttpStatus.CREATED)
	Answer register(@Valid @RequestBody Register body, HttpServletRequest request) {
		return answer(this.accounts.register(body.user(), request.getRemoteAddr()));
	}

	@PostMapping("/api/users/login")
	Answer signIn(@Valid @RequestBody SignIn body, HttpServletRequest request) {
		return answer(this.accounts.signIn(body.user(), request.getRemoteAddr()));
	}

	@GetMapping("/api/user")
	Answer current(@AuthenticationPrincipal Visitor visitor) {
		return answer(this.accounts.user(visitor.id()).orElseThrow());
	}

	@PutMapping("/api/user")
	Answer change(@Valid @RequestBody Change body, @AuthenticationPrincipal Visitor visitor) {
		return answer(this.accounts.change(visitor.id(), body.user()));
	}

	private Answer answer(User user) {
		String token = this.tokens.issue(user.id(), user.password());
		return new Answer(new Account(user.email(), token, user.username(), user.bio(), user.image()));
	}

	record Register(@Valid @NotNull Registration user) {
	}

	record SignIn(@Valid @NotNull Credentials user) {
	}

	record Change(@Valid @NotNull AccountChanges user) {
	}

	record Answer(Account user) {
	}

	record Account(String email, String token, String username, @Nullable String bio, @Nullable String image) {
	}

}
