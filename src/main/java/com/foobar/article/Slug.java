package com.foobar.article;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

import com.foobar.web.text.TextKind;

/** Derives slugs, the parts of URLs that name articles, from titles. */
final class Slug {

	private static final int MAX_LENGTH = 200;

	// No slug, and the slug of /api/articles/feed.
	private static final Set<String> RESERVED = Set.of("", "feed");

	private static final RandomGenerator random = new SecureRandom();

	private Slug() {
	}

	/**
	 * Returns the slug of a title: its lower-case letters of any script and its digits,
	 * joined by hyphens. <em>Crème brûlée!</em> becomes creme-brulee. The slug has at
	 * most 200 characters, without a random suffix.
	 */
	static String of(String title) {
		String plain = Normalizer.normalize(TextKind.withoutFillers(title), Normalizer.Form.NFD)
			.replaceAll("(?<=\\p{IsLatin})\\p{M}+", "");
		// Removes marks without a letter: they would combine with the hyphen before them.
		String words = Normalizer.normalize(plain, Normalizer.Form.NFC)
			.toLowerCase(Locale.ROOT)
			.replaceAll("(?<![\\p{L}\\p{M}\\p{N}])\\p{M}+", "")
			.replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-");
		String slug = words
			.substring(0, words.offsetByCodePoints(0, Math.min(words.codePointCount(0, words.length()), MAX_LENGTH)))
			.replaceAll("^-|-$", "");
		return RESERVED.contains(slug) ? withRandomSuffix(slug) : slug;
	}

	/** Returns the slug with a random suffix, for use if another article has the slug. */
	static String withRandomSuffix(String slug) {
		String suffix = Integer.toString(random.nextInt(36 * 36 * 36 * 36, Integer.MAX_VALUE), 36);
		return slug.isEmpty() ? suffix : slug + "-" + suffix;
	}

}
