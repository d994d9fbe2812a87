package com.foobar.web;

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
			return hasHidden(text) ? Optional.of(HIDDEN_RULE)
					: failing(!NAME_PATTERN.matcher(text).matches(), NAME_RULE);
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
			return failing(NOT_IN_LINE.matcher(text).find(), "may not contain line breaks or control characters");
		}
	},

	/**
	 * A text of many lines. It may have what writing of any direction needs, such as
	 * directional isolates, for it ends where its paragraph does.
	 */
	PROSE {
		@Override
		Optional<String> fault(String text) {
			return failing(NOT_IN_PROSE.matcher(text).find(), "may not contain control characters");
		}
	};

	private static final String HIDDEN_RULE = "may not contain characters that cannot be seen";

	private static final String NAME_RULE = "may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space";

	// A mark at the beginning would join what stands before the name.
	private static final Pattern NAME_PATTERN = Pattern.compile("(?![\\s\\p{M}]|\\.{1,2}$)[^/\\\\?#%;]*(?<!\\s)");

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
			+ "\\p{IsMalayalam}\\p{IsSinhala}\\p{IsTibetan}\\p{IsMyanmar}\\p{IsKhmer}&&[\\p{L}\\p{M}]]";

	private static final String EMOJI = "\\p{IsExtended_Pictographic}";

	// What is hidden, but makes a letter or an emoji another one where it stands.
	private static final Pattern IN_PLACE = Pattern.compile("(?<=" + JOINING + ")[\\x{200C}\\x{200D}](?=" + JOINING
			+ ")|" + EMOJI + "[\\x{FE0F}\\p{IsEmoji_Modifier}]{0,2}\\x{200D}(?=" + EMOJI + ")|" + EMOJI
			+ "[\\x{FE0E}\\x{FE0F}]|[0-9#*]\\x{FE0F}(?=\\x{20E3})");

	private static final Pattern NOT_IN_LINE = Pattern.compile("[[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}"
			+ "\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]&&[^" + EMOJI + "]]");

	private static final Pattern NOT_IN_PROSE = Pattern
		.compile("[\\p{Cc}\\p{Cs}\\p{IsNoncharacter_Code_Point}&&[^\\n\\t]]");

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
