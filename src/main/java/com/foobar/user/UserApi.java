package com.foobar.user;

import com.foobar.web.idempotency.ExplicitIdempotency;
import com.foobar.web.idempotency.IdempotencyTemplate;
import com.foobar.web.security.PresentedToken;
import com.foobar.web.security.SignInTokens;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Registers, signs in, shows and changes users in the JSON API. */
@RestController
class UserApi {

	private final Accounts accounts;

	private final SignInTokens tokens;

	private final IdempotencyTemplate idempotency;

	UserApi(Accounts accounts, SignInTokens tokens, IdempotencyTemplate idempotency) {
		this.accounts = accounts;
		this.tokens = tokens;
		this.idempotency = idempotency;
	}

	@PostMapping("/api/users")
	@ResponseStatus(HttpStatus.CREATED)
	@ExplicitIdempotency
	@Nullable UserResponse register(@Valid @RequestBody Register body, HttpServletRequest request) {
		var hash = Outcome.of(() -> this.accounts.hash(body.user(), request.getRemoteAddr()));
		return this.idempotency.execute((response) -> response(this.accounts.register(body.user(), hash.get())));
	}

	// A repeated request gets another token, which has no other effect.
	@PostMapping("/api/users/login")
	@ExplicitIdempotency
	UserResponse signIn(@Valid @RequestBody SignIn body, HttpServletRequest request) {
		return response(this.accounts.signIn(body.user(), request.getRemoteAddr()));
	}

	@GetMapping("/api/user")
	UserResponse current(@AuthenticationPrincipal AuthenticatedUser principal,
			@CurrentSecurityContext(expression = "authentication.credentials") PresentedToken token) {
		return response(this.accounts.user(principal.id()).orElseThrow(), this.tokens.renew(token));
	}

	@PutMapping("/api/user")
	@ExplicitIdempotency
	@Nullable UserResponse change(@Valid @RequestBody Change body, @AuthenticationPrincipal AuthenticatedUser principal,
			@CurrentSecurityContext(expression = "authentication.credentials") PresentedToken token,
			HttpServletRequest request) {
		var change = Outcome
			.of(() -> this.accounts.prepare(principal.id(), body.user(), token, request.getRemoteAddr()));
		return this.idempotency.execute((response) -> change(principal, change.get()));
	}

	private UserResponse change(AuthenticatedUser principal, PreparedUserUpdate change) {
		User user = this.accounts.change(principal.id(), change, true);
		return response(user, change.nextToken(user, this.tokens));
	}

	private UserResponse response(User user) {
		return response(user, this.tokens.issue(user.id(), user.securityStamp()));
	}

	private static UserResponse response(User user, String token) {
		return new UserResponse(new Account(user.email(), token, user.username(), user.bio(), user.image()));
	}

	record Register(@Valid @NotNull Registration user) {
	}

	record SignIn(@Valid @NotNull Credentials user) {
	}

	record Change(@Valid @NotNull UserUpdate user) {
	}

	record UserResponse(Account user) {
	}

	record Account(String email, String token, String username, @Nullable String bio, @Nullable String image) {
	}

}
