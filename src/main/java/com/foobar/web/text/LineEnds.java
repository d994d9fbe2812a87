package com.foobar.web.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one form in which lines end: a line feed. Browsers send two characters, a carriage
 * return and a line feed, and their {@code maxlength} counts them as one; other programs
 * send whichever of Unicode's line ends they know.
 */
final class LineEnds {

	private static final Pattern ANY = Pattern.compile("\\R");

	private LineEnds() {
	}

	/**
	 * The text as it is validated and stored.
	 * @param field its name. A password stays as it was sent, or it would no longer match
	 * its hash.
	 */
	static String unify(String field, String text) {
		boolean password = field.toLowerCase(Locale.ROOT).endsWith("password");
		return password ? text : ANY.matcher(text).replaceAll("\n");
	}

}
