package com.foobar.web.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Normalizes line ends to a line feed. Browsers send a carriage return and a line feed,
 * which their {@code maxlength} counts as one character; other programs send any of
 * Unicode's line ends.
 */
final class LineEnds {

	private static final Pattern ANY = Pattern.compile("\\R");

	private LineEnds() {
	}

	/**
	 * Returns a text with normalized line ends.
	 * @param field the name of the text's field. A password is not changed, because it
	 * would no longer match its hash.
	 */
	static String normalize(String field, String text) {
		boolean password = field.toLowerCase(Locale.ROOT).endsWith("password");
		return password ? text : ANY.matcher(text).replaceAll("\n");
	}

}
