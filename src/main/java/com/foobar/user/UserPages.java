package com.foobar.user;

import java.util.List;
import java.util.function.Supplier;

import com.foobar.web.idempotency.ExplicitIdempotency;
import com.foobar.web.error.FieldErrors;
import com.foobar.web.idempotency.IdempotencyTemplate;
import com.foobar.web.Links;
import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.SignInCookie;
import com.foobar.web.security.SignInTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Serves the HTML pages for registration, sign-in and sign-out. */
@Controller
class UserPages {

	private final Accounts accounts;

	private final SignInTokens tokens;

	private final SignInCookie cookie;

	private final IdempotencyTemplate idempotency;

	UserPages(Accounts accounts, SignInTokens tokens, SignInCookie cookie, IdempotencyTemplate idempotency) {
		this.accounts = accounts;
		this.tokens = tokens;
		this.cookie = cookie;
		this.idempotency = idempotency;
	}

	@GetMapping("/register")
	String register(Model model) {
		return form("register", "", "", List.of(), model);
	}

	@PostMapping("/register")
	@ExplicitIdempotency
	@Nullable String register(@Valid @ModelAttribute Registration form, BindingResult result, Model model,
			HttpServletRequest request, HttpServletResponse response) {
		if (result.hasErrors()) {
			return form("register", form.username(), form.email(), FieldErrors.sentences(result), model);
		}
		try {
			var hash = Outcome.of(() -> this.accounts.hash(form, request.getRemoteAddr()));
			return this.idempotency.execute((deferred) -> register(form, hash, model, deferred));
		}
		catch (TooManyAttemptsException ex) {
			ex.writeRetryAfter(response);
			return form("register", form.username(), form.email(), List.of(ex.sentence()), model);
		}
	}

	private String register(Registration form, Outcome<String> hash, Model model, HttpServletResponse response) {
		List<String> errors = signIn(() -> this.accounts.register(form, hash.get()), response);
		return errors.isEmpty() ? "redirect:/" : form("register", form.username(), form.email(), errors, model);
	}

	@GetMapping("/login")
	String signIn(@RequestParam(defaultValue = "/") String back, Model model) {
		model.addAttribute("back", back);
		return form("login", "", "", List.of(), model);
	}

	@PostMapping("/login")
	@ExplicitIdempotency
	String signIn(@Valid @ModelAttribute Credentials form, BindingResult result,
			@RequestParam(defaultValue = "/") String back, Model model, HttpServletRequest request,
			HttpServletResponse response) {
		model.addAttribute("back", back);
		List<String> errors = result.hasErrors() ? FieldErrors.sentences(result)
				: signIn(() -> this.accounts.signIn(form, request.getRemoteAddr()), response);
		return errors.isEmpty() ? "redirect:" + Links.localOrRoot(back)
				: form("login", "", form.email(), errors, model);
	}

	@PostMapping("/logout")
	String signOut(HttpServletResponse response) {
		this.cookie.clear(response);
		return "redirect:/";
	}

	// Signs in the user and returns no errors, or returns the errors.
	private List<String> signIn(Supplier<User> authentication, HttpServletResponse response) {
		try {
			User user = authentication.get();
			this.cookie.set(response, this.tokens.issue(user.id(), user.securityStamp()));
			return List.of();
		}
		catch (RequestRefusedException ex) {
			ex.writeRetryAfter(response);
			return List.of(ex.sentence());
		}
	}

	// Shows the form with the submitted values, except the password, and the errors.
	private static String form(String template, String username, String email, List<String> errors, Model model) {
		model.addAttribute("username", username);
		model.addAttribute("email", email);
		model.addAttribute("errors", errors);
		return template;
	}

}
