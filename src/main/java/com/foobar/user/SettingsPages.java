package com.foobar.user;

import java.util.List;

import com.foobar.web.idempotency.ExplicitIdempotency;
import com.foobar.web.error.FieldErrors;
import com.foobar.web.idempotency.IdempotencyTemplate;
import com.foobar.web.Links;
import com.foobar.web.security.PresentedToken;
import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.SignInCookie;
import com.foobar.web.security.SignInTokens;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/** Serves the settings page, and signs users out of all devices. */
@Controller
class SettingsPages {

	private final Accounts accounts;

	private final SignInTokens tokens;

	private final SignInCookie cookie;

	private final IdempotencyTemplate idempotency;

	SettingsPages(Accounts accounts, SignInTokens tokens, SignInCookie cookie, IdempotencyTemplate idempotency) {
		this.accounts = accounts;
		this.tokens = tokens;
		this.cookie = cookie;
		this.idempotency = idempotency;
	}

	// After a recent sign-in, the form does not ask for the current password.
	@ModelAttribute("needsPassword")
	boolean needsPassword(
			@CurrentSecurityContext(expression = "authentication.credentials") @Nullable Object credentials) {
		return !(credentials instanceof PresentedToken token && token.recent());
	}

	@GetMapping("/settings")
	String settings(@AuthenticationPrincipal AuthenticatedUser principal, Model model) {
		return page(SettingsForm.of(this.accounts.user(principal.id()).orElseThrow()), List.of(), model);
	}

	@PostMapping("/settings")
	@ExplicitIdempotency
	@Nullable String change(@Valid @ModelAttribute SettingsForm form, BindingResult result,
			@AuthenticationPrincipal AuthenticatedUser principal,
			@CurrentSecurityContext(expression = "authentication.credentials") PresentedToken token, Model model,
			HttpServletRequest request, HttpServletResponse response) {
		if (result.hasErrors()) {
			return page(form, FieldErrors.sentences(result), model);
		}
		try {
			var change = Outcome
				.of(() -> this.accounts.prepare(principal.id(), form.getChanges(), token, request.getRemoteAddr()));
			return this.idempotency.execute((deferred) -> change(principal, change, form, model, deferred));
		}
		catch (TooManyAttemptsException ex) {
			ex.writeRetryAfter(response);
			return page(form, List.of(ex.sentence()), model);
		}
	}

	private String change(AuthenticatedUser principal, Outcome<PreparedUserUpdate> change, SettingsForm form,
			Model model, HttpServletResponse response) {
		try {
			User user = this.accounts.change(principal.id(), change.get(), false);
			this.cookie.set(response, change.get().nextToken(user, this.tokens));
			return "redirect:" + Links.profile(user.username());
		}
		catch (CurrentPasswordException ex) {
			model.addAttribute("needsPassword", true);
			model.addAttribute("passwordError", ex.sentence());
			return page(form, List.of(), model);
		}
		catch (RequestRefusedException ex) {
			ex.writeRetryAfter(response);
			return page(form, List.of(ex.sentence()), model);
		}
	}

	@PostMapping("/logout/everywhere")
	String signOutEverywhere(@AuthenticationPrincipal AuthenticatedUser principal, HttpServletResponse response) {
		this.accounts.revokeTokens(principal.id());
		this.cookie.clear(response);
		return "redirect:/";
	}

	// Shows the form with the submitted values, except the passwords, and the errors.
	private static String page(SettingsForm form, List<String> errors, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("errors", errors);
		return "settings";
	}

}
