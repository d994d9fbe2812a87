package com.foobar.search;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The relevance of an article for a search, as SQL for one database. Immutable.
 *
 * @param expression the relevance of a row of {@code articles}; zero if it does not match
 * @param order the ORDER BY clause: best match first, in a total order
 * @param parameters the named parameters of the SQL
 */
record SearchRanking(String expression, String order, Map<String, Object> parameters) {

	/**
	 * Returns the relevance by MySQL's full-text index, in which rare words weigh more.
	 * The index orders equal matches by age. With another order, or if the condition
	 * compared the relevance with a number, MySQL would read all matches and not only
	 * those of one page.
	 */
	static SearchRanking byIndex(SearchTerms terms) {
		String match = "MATCH (title, description, body) AGAINST (:words IN NATURAL LANGUAGE MODE)";
		return new SearchRanking(match, match + " DESC", Map.of("words", terms.toString()));
	}

	/**
	 * Returns the relevance by a scan of every article, which is fast enough for the few
	 * articles of an embedded database.
	 */
	static SearchRanking byScan(SearchTerms terms) {
		String sum = IntStream.range(0, terms.words().size())
			.mapToObj((i) -> "4 * %s + 2 * %s + %s".formatted(contains("title", i), contains("description", i),
					contains("body", i)))
			.collect(Collectors.joining(" + "));
		Map<String, Object> parameters = IntStream.range(0, terms.words().size())
			.boxed()
			.collect(Collectors.toMap((i) -> "word" + i, terms.words()::get));
		return new SearchRanking("(" + sum + ")", sum + " DESC, articles.id DESC", parameters);
	}

	private static String contains(String column, int word) {
		return "SIGN(LOCATE(:word%d, LOWER(%s)))".formatted(word, column);
	}

}
