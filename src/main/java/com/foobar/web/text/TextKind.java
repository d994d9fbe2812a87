package com.foobar.web.text;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a text is for, and so which characters it may have. Every kind needs at least one
 * that can be seen, unless its field may be empty.
 */
public enum TextKind {

	/**
	 * A username: stands in addresses, and tells people apart. Two that look the same, or
	 * that the database takes for the same, must not both exist.
	 */
	NAME {
		@Override
		Optional<String> fault(String text) {
			return failing(UNKNOWN.matcher(text).find(), UNKNOWN_RULE)
				.or(() -> failing(hasHidden(text), "may not contain characters that cannot be seen"))
				.or(() -> failing(MARK_FIRST.matcher(text).lookingAt(), "may not begin with an accent or another mark"))
				.or(() -> failing(!NAME_PATTERN.matcher(text).matches(), NAME_RULE));
		}
	},

	/** A tag: a name without a comma, which the editor puts between tags. */
	TAG {
		@Override
		Optional<String> fault(String text) {
			return NAME.fault(text.strip()).or(() -> failing(text.contains(","), "may not contain a comma"));
		}
	},

	/** The address of a mailbox, as much of a name as a username. */
	EMAIL {
		@Override
		Optional<String> fault(String text) {
			return failing(hasHidden(text), "is not an email address");
		}
	},

	/** A text on one line, such as a title. */
	LINE {
		@Override
		Optional<String> fault(String text) {
			return failing(LINE_CONTROL.matcher(text).find(), "may not contain line breaks or control characters")
				.or(() -> failing(DIRECTION.matcher(text).find(),
						"may not contain characters that change the direction of writing"))
				.or(() -> failing(UNKNOWN.matcher(text).find(), UNKNOWN_RULE));
		}
	},

	/**
	 * A text of many lines. It may have what writing of any direction needs, such as
	 * directional isolates, for it ends where its paragraph does.
	 */
	PROSE {
		@Override
		Optional<String> fault(String text) {
			return failing(PROSE_CONTROL.matcher(text).find(), "may not contain control characters")
				.or(() -> failing(NO_CHARACTER.matcher(text).find(), UNKNOWN_RULE));
		}
	};

	private static final String UNKNOWN_RULE = "may not contain characters that this site does not know";

	private static final String NAME_RULE = "may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space";

	private static final Pattern NAME_PATTERN = Pattern.compile("(?!\\s|\\.{1,2}$)[^/\\\\?#%;]*(?<!\\s)");

	// It would join what stands before the name.
	private static final Pattern MARK_FIRST = Pattern.compile("\\p{M}");

	// Letters, marks and symbols that look like nothing, or change nothing but a
	// neighbour: fillers, variation selectors and the like.
	private static final String EMPTY_LOOKING = "\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}"
			+ "\\x{2800}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{13441}\\x{13442}\\x{1D159}\\x{E0100}-\\x{E01EF}";

	// Emoji that are newer than this Java count as assigned.
	private static final Pattern HIDDEN = Pattern
		.compile("[[\\p{C}\\p{Zl}\\p{Zp}" + EMPTY_LOOKING + "]&&[^\\p{IsExtended_Pictographic}]]");

	// Scripts in which a joiner between two letters makes another word of them.
	private static final String JOINING = "[\\p{IsArabic}\\p{IsSyriac}\\p{IsMongolian}\\p{IsNko}\\p{IsDevanagari}"
			+ "\\p{IsBengali}\\p{IsGurmukhi}\\p{IsGujarati}\\p{IsOriya}\\p{IsTamil}\\p{IsTelugu}\\p{IsKannada}"
			+ "\\p{IsMalayalam}\\p{IsSinhala}\\p{IsTibetan}\\p{IsMyanmar}\\p{IsKhmer}\\p{IsJavanese}"
			+ "\\p{IsBalinese}\\p{IsSundanese}\\p{IsChakma}&&[\\p{L}\\p{M}]]";

	// A joiner after one of these, at the end of a word too, makes another letter of the
	// one before: a chillu in Malayalam, a half form in Devanagari.
	private static final String VIRAMA = "[\\x{94D}\\x{9CD}\\x{ACD}\\x{D4D}\\x{DCA}]";

	private static final String MONGOLIAN = "[\\p{IsMongolian}&&\\p{L}]";

	private static final String EMOJI = "\\p{IsExtended_Pictographic}";

	// The flags of England, Scotland and Wales, which are all that fonts have.
	private static final String FLAG = "\\x{1F3F4}\\x{E0067}\\x{E0062}(?:\\x{E0065}\\x{E006E}\\x{E0067}"
			+ "|\\x{E0073}\\x{E0063}\\x{E0074}|\\x{E0077}\\x{E006C}\\x{E0073})\\x{E007F}";

	// What is hidden, but makes a letter or an emoji another one where it stands. With
	// what
	// stands before it, since looking behind finds no letter beyond U+FFFF.
	private static final Pattern IN_PLACE = Pattern.compile(JOINING + "[\\x{200C}\\x{200D}](?=" + JOINING + ")|"
			+ VIRAMA + "\\x{200D}|" + EMOJI + "[\\x{FE0F}\\p{IsEmoji_Modifier}]{0,2}\\x{200D}(?=" + EMOJI + ")|" + EMOJI
			+ "[\\x{FE0E}\\x{FE0F}]|[0-9#*]\\x{FE0F}(?=\\x{20E3})|" + FLAG + "|\\p{IsHan}[\\x{E0100}-\\x{E01EF}]|"
			+ MONGOLIAN + "(?:[\\x{180B}-\\x{180D}\\x{180F}]|\\x{180E}(?=" + MONGOLIAN + "))");

	// Private, or not assigned in the version of Unicode that this Java knows.
	private static final Pattern UNKNOWN = Pattern.compile("[\\p{Cs}\\p{Co}\\p{Cn}&&[^" + EMOJI + "]]");

	private static final Pattern NO_CHARACTER = Pattern.compile("[\\p{Cs}\\p{IsNoncharacter_Code_Point}]");

	private static final Pattern LINE_CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

	private static final Pattern PROSE_CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

	private static final Pattern DIRECTION = Pattern.compile("[\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

	private static final Pattern VISIBLE = Pattern
		.compile("[[^\\p{C}\\p{Z}\\p{M}\\s" + EMPTY_LOOKING + "]" + EMOJI + "]");

	private static final Pattern FILLERS = Pattern.compile("[" + EMPTY_LOOKING + "]");

	private static final Pattern SPACE = Pattern.compile("\\p{Zs}");

	/** What is wrong with the characters of a text, if anything. */
	abstract Optional<String> fault(String text);

	/** Whether there is nothing to see, however long the text is. */
	public static boolean isBlank(@Nullable String text) {
		return text == null || !VISIBLE.matcher(text).find();
	}

	/**
	 * The one way to write a name: composed characters, and a plain space for every
	 * other. Databases differ in whether they take the other ways for the same. A name
	 * that is null, which validation refuses, stays null.
	 */
	public static String normalize(String name) {
		return (name != null) ? SPACE.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceAll(" ") : name;
	}

	/**
	 * The text without what looks like nothing although it counts as a letter or mark.
	 */
	public static String withoutFillers(String text) {
		return FILLERS.matcher(text).replaceAll("");
	}

	private static boolean hasHidden(String text) {
		return HIDDEN.matcher(IN_PLACE.matcher(text).replaceAll("")).find();
	}

	private static Optional<String> failing(boolean condition, String rule) {
		return condition ? Optional.of(rule) : Optional.empty();
	}

}
