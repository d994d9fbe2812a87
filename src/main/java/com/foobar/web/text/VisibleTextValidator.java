package com.foobar.web.text;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.foobar.web.security.AuthenticatedUser;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/** Validates {@link VisibleText}. Safe for use by several threads. */
class VisibleTextValidator implements ConstraintValidator<VisibleText, String> {

	private final AtomicReference<VisibleText> rule = new AtomicReference<>();

	@Override
	public void initialize(VisibleText constraint) {
		this.rule.set(constraint);
	}

	@Override
	public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
		VisibleText constraint = this.rule.get();
		if (isOwnName(constraint.value(), text)) {
			return true;
		}
		if (text == null || TextKind.isBlank(text)) {
			return constraint.optional();
		}
		Optional<String> violation = constraint.value().violation(text);
		violation.ifPresent((message) -> {
			context.disableDefaultConstraintViolation();
			context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
		});
		return violation.isEmpty();
	}

	// The settings form sends the unchanged name too, and the rules may have become
	// stricter since the user chose it.
	private static boolean isOwnName(TextKind kind, @Nullable String text) {
		return kind == TextKind.NAME && AuthenticatedUser.of(SecurityContextHolder.getContext().getAuthentication())
			.filter((user) -> TextKind.normalize(user.username()).equals(text))
			.isPresent();
	}

}
