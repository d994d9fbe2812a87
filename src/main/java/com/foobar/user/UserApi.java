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
	@Nullable Answer register(@Valid @RequestBody Register body, HttpServletRequest request) {
		var hash = Outcome.of(() -> this.accounts.hash(body.user(), request.getRemoteAddr()));
		return this.idempotency.execute((response) -> answer(this.accounts.register(body.user(), hash.get())));
	}

	// Again, it answers another token, which is no other effect.
	@PostMapping("/api/users/login")
	@ExplicitIdempotency
	Answer signIn(@Valid @RequestBody SignIn body, HttpServletRequest request) {
		return answer(this.accounts.signIn(body.user(), request.getRemoteAddr()));
	}

	@GetMapping("/api/user")
	Answer current(@AuthenticationPrincipal AuthenticatedUser visitor,
			@CurrentSecurityContext(expression = "authentication.credentials") PresentedToken token) {
		return answer(this.accounts.user(visitor.id()).orElseThrow(), this.tokens.renew(token));
	}

	@PutMapping("/api/user")
	@ExplicitIdempotency
	@Nullable Answer change(@Valid @RequestBody Change body, @AuthenticationPrincipal AuthenticatedUser visitor,
			@CurrentSecurityContext(expression = "authentication.credentials") PresentedToken token,
			HttpServletRequest request) {
		var change = Outcome.of(() -> this.accounts.prepare(visitor.id(), body.user(), token, request.getRemoteAddr()));
		return this.idempotency.execute((response) -> change(visitor, change.get()));
	}

	private Answer change(AuthenticatedUser visitor, PreparedUserUpdate change) {
		User user = this.accounts.change(visitor.id(), change, true);
		return answer(user, change.successor(user, this.tokens));
	}

	private Answer answer(User user) {
		return answer(user, this.tokens.issue(user.id(), user.securityStamp()));
	}

	private static Answer answer(User user, String token) {
		return new Answer(new Account(user.email(), token, user.username(), user.bio(), user.image()));
	}

	record Register(@Valid @NotNull Registration user) {
	}

	record SignIn(@Valid @NotNull Credentials user) {
	}

	record Change(@Valid @NotNull UserUpdate user) {
	}

	record Answer(Account user) {
	}

	record Account(String email, String token, String username, @Nullable String bio, @Nullable String image) {
	}

}
