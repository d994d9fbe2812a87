package com.foobar.search;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words of a question, and nothing of what a database could take for an operator.
 *
 * @param words in small letters, each once
 */
record SearchTerms(List<String> words) {

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");

	// Each costs a look into the index. Nobody types more.
	private static final int MOST = 10;

	static SearchTerms of(String question) {
		return new SearchTerms(WORD.matcher(question.toLowerCase(Locale.ROOT))
			.results()
			.map(MatchResult::group)
			.distinct()
			.limit(MOST)
			.toList());
	}

	@Override
	public String toString() {
		return String.join(" ", this.words);
	}

}
