package com.foobar.user;

import java.util.List;

import com.foobar.web.FieldErrors;
import com.foobar.web.Links;
import com.foobar.web.RefusedException;
import com.foobar.web.SignInCookie;
import com.foobar.web.Visitor;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class SettingsPages {

	private final Accounts accounts;

	private final SignInCookie cookie;

	SettingsPages(Accounts accounts, SignInCookie cookie) {
		this.accounts = accounts;
		this.cookie = cookie;
	}

	@GetMapping("/settings")
	String settings(@AuthenticationPrincipal Visitor visitor, Model model) {
		return page(SettingsForm.of(this.accounts.user(visitor.id()).orElseThrow()), List.of(), model);
	}

	@PostMapping("/settings")
	String change(@Valid @ModelAttribute SettingsForm form, BindingResult result,
			@AuthenticationPrincipal Visitor visitor, Model model, HttpServletResponse response) {
		if (result.hasErrors()) {
			return page(form, FieldErrors.sentences(result), model);
		}
		try {
			User user = this.accounts.change(visitor.id(), form.getChanges());
			this.cookie.set(response, user.id(), user.password());
			return "redirect:" + Links.profile(user.username());
		}
		catch (RefusedException ex) {
			ex.postpone(response);
			return page(form, List.of(ex.sentence()), model);
		}
	}

	// What was typed comes back with what is wrong with it, but for the password.
	private static String page(SettingsForm form, List<String> errors, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("errors", errors);
		return "settings";
	}

}
