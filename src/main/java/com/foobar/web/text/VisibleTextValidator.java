package com.foobar.web.text;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.foobar.web.security.AuthenticatedUser;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/** Checks texts against the {@link VisibleText} that it is initialized with. */
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
		Optional<String> fault = constraint.value().fault(text);
		fault.ifPresent((message) -> {
			context.disableDefaultConstraintViolation();
			context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
		});
		return fault.isEmpty();
	}

	// Forms send a name that stays with every other change, and the rules may have become
	// stricter since it was chosen.
	private static boolean isOwnName(TextKind kind, @Nullable String text) {
		return kind == TextKind.NAME && AuthenticatedUser.of(SecurityContextHolder.getContext().getAuthentication())
			.filter((visitor) -> TextKind.normalize(visitor.username()).equals(text))
			.isPresent();
	}

}
