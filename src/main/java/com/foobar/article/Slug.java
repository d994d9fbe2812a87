package com.foobar.article;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

import com.foobar.web.text.TextKind;

/** Names articles in addresses, after their titles. */
final class Slug {

	private static final int LONGEST = 200;

	// Addresses that mean something else.
	private static final Set<String> RESERVED = Set.of("", "feed");

	private static final RandomGenerator random = new SecureRandom();

	private Slug() {
	}

	/**
	 * The title in small letters of any script and digits, joined by hyphens: <em>Crème
	 * brûlée!</em> is creme-brulee.
	 */
	static String of(String title) {
		String plain = Normalizer.normalize(TextKind.withoutFillers(title), Normalizer.Form.NFD)
			.replaceAll("(?<=\\p{IsLatin})\\p{M}+", "");
		// A mark without a letter would join the stroke before it.
		String words = Normalizer.normalize(plain, Normalizer.Form.NFC)
			.toLowerCase(Locale.ROOT)
			.replaceAll("(?<![\\p{L}\\p{M}\\p{N}])\\p{M}+", "")
			.replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-");
		String slug = words
			.substring(0, words.offsetByCodePoints(0, Math.min(words.codePointCount(0, words.length()), LONGEST)))
			.replaceAll("^-|-$", "");
		return RESERVED.contains(slug) ? distinct(slug) : slug;
	}

	/** Another one for the same title, for when the first is taken. */
	static String distinct(String slug) {
		String suffix = Integer.toString(random.nextInt(36 * 36 * 36 * 36, Integer.MAX_VALUE), 36);
		return slug.isEmpty() ? suffix : slug + "-" + suffix;
	}

}
