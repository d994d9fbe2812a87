package com.foobar.search;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How well an article answers a search, in the SQL of one database.
 *
 * @param expression on a row of {@code articles}; zero if it does not answer it at all
 * @param order the best first, no two alike
 */
record SearchRanking(String expression, String order, Map<String, Object> parameters) {

	/**
	 * By MySQL's full-text index: words that few articles have weigh more. Ties are
	 * already broken, by age. Asking for another order than the index gives would read
	 * all that match, not those of one page; so would comparing with a number.
	 */
	static SearchRanking byIndex(SearchTerms words) {
		String match = "MATCH (title, description, body) AGAINST (:words IN NATURAL LANGUAGE MODE)";
		return new SearchRanking(match, match + " DESC", Map.of("words", words.toString()));
	}

	/**
	 * By looking into every article, which serves as many as an embedded database holds.
	 */
	static SearchRanking byLooking(SearchTerms words) {
		String sum = IntStream.range(0, words.words().size())
			.mapToObj((i) -> "4 * %s + 2 * %s + %s".formatted(has("title", i), has("description", i), has("body", i)))
			.collect(Collectors.joining(" + "));
		Map<String, Object> parameters = IntStream.range(0, words.words().size())
			.boxed()
			.collect(Collectors.toMap((i) -> "word" + i, words.words()::get));
		return new SearchRanking("(" + sum + ")", sum + " DESC, articles.id DESC", parameters);
	}

	private static String has(String column, int word) {
		return "SIGN(LOCATE(:word%d, LOWER(%s)))".formatted(word, column);
	}

}
