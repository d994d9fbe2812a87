package com.foobar.search;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words of a search query, without characters that a database treats as operators.
 * Immutable.
 *
 * @param words in lower case, without duplicates, at most ten
 */
record SearchTerms(List<String> words) {

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");

	// The database looks up each word in the index. Visitors rarely type more words.
	private static final int MAX_WORDS = 10;

	static SearchTerms of(String query) {
		return new SearchTerms(WORD.matcher(query.toLowerCase(Locale.ROOT))
			.results()
			.map(MatchResult::group)
			.distinct()
			.limit(MAX_WORDS)
			.toList());
	}

	/** Returns the words, separated by spaces. */
	@Override
	public String toString() {
		return String.join(" ", this.words);
	}

}
