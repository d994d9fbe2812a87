package com.foobar.web.error;

import org.springframework.util.StringUtils;

/** Tells people what the API tells programs in two words. */
final class ErrorMessages {

	private ErrorMessages() {
	}

	/**
	 * A sentence about what went wrong.
	 * @param key what it is about, as the API names it
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

	// As it is called on the page.
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
