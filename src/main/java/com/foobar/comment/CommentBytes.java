package com.foobar.comment;

import java.util.List;

/**
 * How many bytes of text a comment and its author are once they are escaped, in SQL on a
 * row of {@code comments} and {@code users}. The columns are summed up by the database,
 * so that a comment which does not fit is never read.
 */
final class CommentBytes {

	private static final List<String> MARKUP = List.of("'&'", "'<'", "'>'");

	private static final List<String> IN_ATTRIBUTE = List.of("'&'", "'<'", "'>'", "'\"'", "''''");

	// The last two are parameters, for databases differ in how a backslash is written.
	private static final List<String> IN_JSON = List.of("'\"'", ":backslash", ":newline", ":tab");

	/**
	 * In HTML, which writes some letters with up to five. A name is there three times,
	 * twice of them in an address, which writes each byte with up to three.
	 */
	static final String HTML = String.join(" + ", escaped("body", 4, MARKUP), escaped("image", 4, IN_ATTRIBUTE),
			escaped("username", 12, IN_ATTRIBUTE), "6 * OCTET_LENGTH(username)");

	/** In JSON, which writes some letters with two. */
	static final String JSON = String.join(" + ", escaped("body", 1, IN_JSON), escaped("username", 1, IN_JSON),
			escaped("image", 1, IN_JSON), escaped("bio", 1, IN_JSON));

	private CommentBytes() {
	}

	// The bytes of a column, and so many more for each of those letters in it.
	private static String escaped(String column, int more, List<String> letters) {
		String text = "COALESCE(%s, '')".formatted(column);
		String others = text;
		for (String letter : letters) {
			others = "REPLACE(%s, %s, '')".formatted(others, letter);
		}
		return "%d * OCTET_LENGTH(%s) - %d * OCTET_LENGTH(%s)".formatted(1 + more, text, more, others);
	}

}
