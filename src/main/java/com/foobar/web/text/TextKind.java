package com.foobar.web.text;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The kind of a text, which decides the characters that are allowed in it. Every kind
 * needs at least one visible character, unless its field is optional.
 */
public enum TextKind {

	/**
	 * A username, which is part of addresses and identifies a user. Two names that look
	 * the same, or that the database compares as equal, must not both exist.
	 */
	NAME {
		@Override
		Optional<String> violation(String text) {
			return violationIf(UNKNOWN.matcher(text).find(), UNKNOWN_RULE)
				.or(() -> violationIf(hasHidden(text), "may not contain characters that cannot be seen"))
				.or(() -> violationIf(MARK_FIRST.matcher(text).lookingAt(),
						"may not begin with an accent or another mark"))
				.or(() -> violationIf(!NAME_PATTERN.matcher(text).matches(), NAME_RULE));
		}
	},

	/** A tag: a name without a comma, because the editor separates tags by commas. */
	TAG {
		@Override
		Optional<String> violation(String text) {
			return NAME.violation(text.strip()).or(() -> violationIf(text.contains(","), "may not contain a comma"));
		}
	},

	/** An email address, which identifies a user like a username. */
	EMAIL {
		@Override
		Optional<String> violation(String text) {
			return violationIf(hasHidden(text), "is not an email address");
		}
	},

	/** A text on one line, such as a title. */
	LINE {
		@Override
		Optional<String> violation(String text) {
			return violationIf(LINE_CONTROL.matcher(text).find(), "may not contain line breaks or control characters")
				.or(() -> violationIf(DIRECTION.matcher(text).find(),
						"may not contain characters that change the direction of writing"))
				.or(() -> violationIf(UNKNOWN.matcher(text).find(), UNKNOWN_RULE));
		}
	},

	/**
	 * A text of several lines. It may contain characters that change the direction of
	 * writing, such as directional isolates, because their effect ends with the
	 * paragraph.
	 */
	PROSE {
		@Override
		Optional<String> violation(String text) {
			return violationIf(PROSE_CONTROL.matcher(text).find(), "may not contain control characters")
				.or(() -> violationIf(NO_CHARACTER.matcher(text).find(), UNKNOWN_RULE));
		}
	};

	private static final String UNKNOWN_RULE = "may not contain characters that this site does not know";

	private static final String NAME_RULE = "may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space";

	private static final Pattern NAME_PATTERN = Pattern.compile("(?!\\s|\\.{1,2}$)[^/\\\\?#%;]*(?<!\\s)");

	// A mark would combine with the character before the name.
	private static final Pattern MARK_FIRST = Pattern.compile("\\p{M}");

	// Letters, marks and symbols that are invisible, or only change the look of a
	// neighbour: fillers, variation selectors and the like.
	private static final String EMPTY_LOOKING = "\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}"
			+ "\\x{2800}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{13441}\\x{13442}\\x{1D159}\\x{E0100}-\\x{E01EF}";

	// Emoji that are newer than this Java's Unicode count as assigned.
	private static final Pattern HIDDEN = Pattern
		.compile("[[\\p{C}\\p{Zl}\\p{Zp}" + EMPTY_LOOKING + "]&&[^\\p{IsExtended_Pictographic}]]");

	// Scripts in which a joiner between two letters can make another word.
	private static final String JOINING = "[\\p{IsArabic}\\p{IsSyriac}\\p{IsMongolian}\\p{IsNko}\\p{IsDevanagari}"
			+ "\\p{IsBengali}\\p{IsGurmukhi}\\p{IsGujarati}\\p{IsOriya}\\p{IsTamil}\\p{IsTelugu}\\p{IsKannada}"
			+ "\\p{IsMalayalam}\\p{IsSinhala}\\p{IsTibetan}\\p{IsMyanmar}\\p{IsKhmer}\\p{IsJavanese}"
			+ "\\p{IsBalinese}\\p{IsSundanese}\\p{IsChakma}&&[\\p{L}\\p{M}]]";

	// A joiner after one of these, also at the end of a word, makes another letter of the
	// letter before: a chillu in Malayalam, a half form in Devanagari.
	private static final String VIRAMA = "[\\x{94D}\\x{9CD}\\x{ACD}\\x{D4D}\\x{DCA}]";

	private static final String MONGOLIAN = "[\\p{IsMongolian}&&\\p{L}]";

	private static final String EMOJI = "\\p{IsExtended_Pictographic}";

	// The flags of England, Scotland and Wales; fonts have no others of this kind.
	private static final String FLAG = "\\x{1F3F4}\\x{E0067}\\x{E0062}(?:\\x{E0065}\\x{E006E}\\x{E0067}"
			+ "|\\x{E0073}\\x{E0063}\\x{E0074}|\\x{E0077}\\x{E006C}\\x{E0073})\\x{E007F}";

	// Hidden characters that change the letter or emoji next to them. The pattern
	// includes the character before, because a lookbehind finds no letter beyond U+FFFF.
	private static final Pattern VALID_HIDDEN = Pattern.compile(JOINING + "[\\x{200C}\\x{200D}](?=" + JOINING + ")|"
			+ VIRAMA + "\\x{200D}|" + EMOJI + "[\\x{FE0F}\\p{IsEmoji_Modifier}]{0,2}\\x{200D}(?=" + EMOJI + ")|" + EMOJI
			+ "[\\x{FE0E}\\x{FE0F}]|[0-9#*]\\x{FE0F}(?=\\x{20E3})|" + FLAG + "|\\p{IsHan}[\\x{E0100}-\\x{E01EF}]|"
			+ MONGOLIAN + "(?:[\\x{180B}-\\x{180D}\\x{180F}]|\\x{180E}(?=" + MONGOLIAN + "))");

	// Lone surrogates, private use, or not assigned in this Java's version of Unicode.
	private static final Pattern UNKNOWN = Pattern.compile("[\\p{Cs}\\p{Co}\\p{Cn}&&[^" + EMOJI + "]]");

	private static final Pattern NO_CHARACTER = Pattern.compile("[\\p{Cs}\\p{IsNoncharacter_Code_Point}]");

	private static final Pattern LINE_CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

	private static final Pattern PROSE_CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

	private static final Pattern DIRECTION = Pattern.compile("[\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

	private static final Pattern VISIBLE = Pattern
		.compile("[[^\\p{C}\\p{Z}\\p{M}\\s" + EMPTY_LOOKING + "]" + EMOJI + "]");

	private static final Pattern FILLERS = Pattern.compile("[" + EMPTY_LOOKING + "]");

	private static final Pattern SPACE = Pattern.compile("\\p{Zs}");

	/** Returns the first rule that the characters of a text break, if any. */
	abstract Optional<String> violation(String text);

	/** Whether a text is null or has no visible character. */
	public static boolean isBlank(@Nullable String text) {
		return text == null || !VISIBLE.matcher(text).find();
	}

	/**
	 * Normalizes a name: composes characters (NFC) and replaces every kind of space by a
	 * plain space, because databases differ in whether they compare the variants as
	 * equal. Returns null for null, which validation refuses.
	 */
	public static String normalize(String name) {
		return (name != null) ? SPACE.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceAll(" ") : name;
	}

	/**
	 * Returns a text without the letters, marks and symbols that are invisible.
	 */
	public static String withoutFillers(String text) {
		return FILLERS.matcher(text).replaceAll("");
	}

	private static boolean hasHidden(String text) {
		return HIDDEN.matcher(VALID_HIDDEN.matcher(text).replaceAll("")).find();
	}

	private static Optional<String> violationIf(boolean condition, String rule) {
		return condition ? Optional.of(rule) : Optional.empty();
	}

}
