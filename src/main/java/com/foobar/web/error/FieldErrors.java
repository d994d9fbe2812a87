package com.foobar.web.error;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import tools.jackson.core.JacksonException;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

/** Converts the errors of a validation. */
public final class FieldErrors {

	private static final String BLANK = "can't be blank";

	private FieldErrors() {
	}

	/**
	 * Returns the errors as sentences for a form, for example: Title can't be blank.
	 */
	public static List<String> sentences(BindingResult result) {
		return of(result).sentences();
	}

	/**
	 * Returns the error with the messages by field, in the order of the fields' names.
	 */
	static ErrorDetails of(BindingResult result) {
		Map<String, List<String>> errors = result.getFieldErrors()
			.stream()
			.collect(groupingBy((error) -> name(error.getField()), TreeMap::new,
					mapping(FieldErrors::message, toList())));
		// A blank field reports no other error.
		errors.replaceAll((field, messages) -> messages.contains(BLANK) ? List.of(BLANK)
				: messages.stream().distinct().sorted().toList());
		return new ErrorDetails(HttpStatus.UNPROCESSABLE_CONTENT, errors);
	}

	private static String message(DefaultMessageSourceResolvable error) {
		return ((FieldError) error).isBindingFailure() ? "is not valid" : String.valueOf(error.getDefaultMessage());
	}

	// The API names a field without its parents and its index: article.tagList[2] is
	// tagList.
	private static String name(String path) {
		return StringUtils.getFilename(path.replaceAll("\\[.*", "").replace('.', '/'));
	}

	/** Returns the name of the innermost field of a path in JSON. */
	static String name(List<JacksonException.Reference> path) {
		return path.stream()
			.map(JacksonException.Reference::getPropertyName)
			.filter((property) -> property != null)
			.reduce("body", (outer, inner) -> inner);
	}

}
