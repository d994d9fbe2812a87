package com.foobar.comment;

import java.util.List;

/**
 * SQL expressions for the number of bytes that a comment and its author's profile have
 * after escaping, on a row of {@code comments} joined with {@code users}. The database
 * computes the number, so the application never reads a comment that does not fit.
 */
final class CommentSizeSql {

	private static final List<String> MARKUP = List.of("'&'", "'<'", "'>'");

	private static final List<String> IN_ATTRIBUTE = List.of("'&'", "'<'", "'>'", "'\"'", "''''");

	// The last three are parameters, because databases escape backslashes differently.
	private static final List<String> IN_JSON = List.of("'\"'", ":backslash", ":newline", ":tab");

	/**
	 * The size in HTML, which escapes a character with up to five bytes. The username
	 * appears three times: once as text, and twice in a URL, which escapes each byte with
	 * up to three.
	 */
	static final String HTML = String.join(" + ", escaped("body", 4, MARKUP), escaped("image", 4, IN_ATTRIBUTE),
			escaped("username", 12, IN_ATTRIBUTE), "6 * OCTET_LENGTH(username)");

	/** The size in JSON, which escapes these characters with two bytes. */
	static final String JSON = String.join(" + ", escaped("body", 1, IN_JSON), escaped("username", 1, IN_JSON),
			escaped("image", 1, IN_JSON), escaped("bio", 1, IN_JSON));

	private CommentSizeSql() {
	}

	// Returns the bytes of a column plus the extra bytes for each of these characters.
	private static String escaped(String column, int extra, List<String> characters) {
		String text = "COALESCE(%s, '')".formatted(column);
		String remaining = text;
		for (String character : characters) {
			remaining = "REPLACE(%s, %s, '')".formatted(remaining, character);
		}
		return "%d * OCTET_LENGTH(%s) - %d * OCTET_LENGTH(%s)".formatted(1 + extra, text, extra, remaining);
	}

}
