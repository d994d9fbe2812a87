package com.foobar.web.error;

import org.springframework.util.StringUtils;

/** Turns the short messages of the API into sentences for pages. */
final class ErrorMessages {

	private ErrorMessages() {
	}

	/**
	 * Returns a sentence for an error.
	 * @param key the subject of the error, by its name in the API
	 * @param message what is wrong with it
	 */
	static String of(String key, String message) {
		String brief = key + " " + message;
		return switch (brief) {
			case "path not found" -> "Nothing has this address.";
			case "article not found" -> "This article does not exist, or its author has taken it away.";
			case "article forbidden" -> "Only its author can change this article.";
			case "comment not found" -> "This comment is gone.";
			case "comment forbidden" -> "Only who wrote this comment can delete it.";
			case "profile not found" -> "Nobody here has that name.";
			case "profile is your own" -> "This is you.";
			case "credentials invalid" -> "That email and password do not belong together.";
			case "method not allowed" -> "This address only takes forms. Go back, and press the button there.";
			case "database unavailable" -> "Our database did not answer in time. Try again in a moment.";
			case "request failed" -> "It is our fault, not yours, and we have been told.";
			default -> StringUtils.capitalize(label(key) + " " + message);
		};
	}

	// The subject's name on pages.
	private static String label(String key) {
		return switch (key) {
			case "body" -> "text";
			case "tagList" -> "tags";
			case "image" -> "picture";
			case "currentPassword" -> "current password";
			default -> key;
		};
	}

}
