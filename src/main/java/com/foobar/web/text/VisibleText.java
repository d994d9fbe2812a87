package com.foobar.web.text;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * Requires a text with a visible character, in which all characters are allowed by the
 * {@link TextKind}. The message names the first rule that the text breaks. A signed-in
 * user's own name is always valid, because it may be older than a rule.
 */
@Documented
@Constraint(validatedBy = VisibleTextValidator.class)
@Target({ ElementType.FIELD, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
public @interface VisibleText {

	/** The kind of the text. */
	TextKind value();

	/** Whether the text may be null, or have no visible character. */
	boolean optional() default false;

	String message() default "can't be blank";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
