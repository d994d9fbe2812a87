package com.foobar.web.text;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * A text that people can see, of characters that its {@link TextKind} allows. The message
 * names the first rule that the text breaks. The name of the visitor who sends it is
 * accepted whatever it contains: it may be older than a rule.
 */
@Documented
@Constraint(validatedBy = VisibleTextValidator.class)
@Target({ ElementType.FIELD, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
public @interface VisibleText {

	TextKind value();

	/** Whether there may be nothing to see, or no text at all. */
	boolean optional() default false;

	String message() default "can't be blank";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
