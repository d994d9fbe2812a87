package com.foobar.article;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests how the slug of an article is made from its title. */
class SlugTests {

	@ParameterizedTest
	@CsvSource({ "How to train your dragon, how-to-train-your-dragon", "Crème brûlée!, creme-brulee",
			"हिन्दी में, हिन्दी-में", "한국어 제목, 한국어-제목", "--- A & B ---, a-b", "100%, 100", "I \u2764\uFE0F you, i-you",
			"a\u3164b, ab", "a \u0324b, a-b" })
	void joinsTheLowerCaseWordsOfTheTitle(String title, String slug) {
		assertThat(Slug.of(title)).isEqualTo(slug);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Feed", "!?", "🐢" })
	void avoidsReservedSlugs(String title) {
		assertThat(Slug.of(title)).matches("(feed-)?[a-z0-9]{4,6}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "𝒳" })
	void fitsIntoTheColumn(String letter) {
		assertThat(Slug.of(letter.repeat(255)).codePointCount(0, Slug.of(letter.repeat(255)).length())).isLessThan(255);
	}

}
