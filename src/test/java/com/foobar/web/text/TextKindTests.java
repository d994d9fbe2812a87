package com.foobar.web.text;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which texts are blank, and which characters each kind of text allows. */
class TextKindTests {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\u00AD", "\u0085", "\u200D", "\u3164", "\u2800", "\u115F", "\uFE0F", "\u0301",
			"\u202E", "\u2028", "\uE000", "\u0378", "\uFFFE", "\0", "\u00A0\u3000 \t", "\u17B4\u034F" })
	void textWithoutVisibleCharacterIsBlank(String text) {
		assertThat(TextKind.isBlank(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "\u00ADa", "ж", "ℵ", "漢", "🐢", "!", "1", "\u0915\u094D", "\uD83E\uDEDD" })
	void textWithVisibleCharacterIsNotBlank(String text) {
		assertThat(TextKind.isBlank(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ada", "Ada Lovelace", "Zoë", "Ωmega", "محمد", "علی\u200Cرضا", "क\u094D\u200Dष", "שלום",
			"漢字", "한국", "🐢", "👩\u200D💻", "👩🏽\u200D💻", "❤\uFE0F\u200D🔥", "🏳\uFE0F\u200D⚧\uFE0F", "❤\uFE0F",
			"1\uFE0F\u20E3", "🇩🇪", "o'neil", "a.b", "a--b", "x<y>\"&", "C++" })
	void nameMayUseAnyScript(String name) {
		assertThat(TextKind.NAME.violation(name)).isEmpty();
		assertThat(TextKind.TAG.violation(" " + name + " ")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "渡邉\uDB40\uDD01", "葛\uDB40\uDD00城", "ᠮᠣᠩᠭᠣᠯ\u180B", "ᠠ\u180Cᠠ", "ᠠ\u180Dᠠ", "ᠠ\u180Fᠠ",
			"ᠨ\u180Eᠠ", "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", "ꦏ\uA9C0\u200Dꦏ",
			"\uD804\uDD07\uD804\uDD33\u200D\uD804\uDD07", "രാജന\u0D4D\u200D", "രാജന\u0D4D\u200D കുമാര\u0D4D\u200D",
			"क\u094D\u200D" })
	void nameMayContainHiddenCharactersThatChangeALetter(String name) {
		assertThat(TextKind.NAME.violation(name)).isEmpty();
		assertThat(TextKind.TAG.violation(name)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\uDB40\uDD01", "渡\uDB40\uDD01\uDB40\uDD01", "\uDB40\uDD01渡", "a\u180B", "ᠠ\u180B\u180B",
			"ᠠ\u180E", "🏴\uDB40\uDC67\uDB40\uDC7F",
			"🐢\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", "രാജന\u200D",
			"രാജന\u0D4D\u200D\u200D", "രാജന\u0D4D\u200C" })
	void nameMayNotContainHiddenCharactersThatChangeNothing(String name) {
		assertThat(TextKind.NAME.violation(name)).contains("may not contain characters that cannot be seen");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\uE000", "a\u0378", "a\uFFFE", "a\uF8FF", "a\uD88D\uDD00" })
	void nameAndLineMayNotContainUnknownCharacters(String text) {
		for (TextKind kind : List.of(TextKind.NAME, TextKind.TAG, TextKind.LINE)) {
			assertThat(kind.violation(text)).contains("may not contain characters that this site does not know");
		}
		assertThat(TextKind.EMAIL.violation(text + "@example.com")).contains("is not an email address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u202Eb", "a\u2067b", "\u2066a\u2069" })
	void lineMayNotChangeTheDirectionOfWriting(String line) {
		assertThat(TextKind.LINE.violation(line))
			.contains("may not contain characters that change the direction of writing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0301a", "\u0301/", "\u094Dक" })
	void nameMayNotBeginWithAMark(String name) {
		assertThat(TextKind.NAME.violation(name)).contains("may not begin with an accent or another mark");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ada\u00AD", "a\u200Dda", "a\u200Cda", "\u200Dada", "ada\u200D", "علی\u200C", "ada\u200B",
			"ada\uFEFF", "ada\u2060", "ada\u3164", "ada\u2800", "ada\u115F", "ada\u034F", "ada\uFE0F", "1\uFE0F",
			"\u202Eada", "\u2066ada\u2069", "ada\u200E", "ada\u061C", "a\u0000a", "a\nb", "a\tb", "a\u0085b",
			"a\u2028b", "🐢\u200D", "\u200D🐢", "a\uDB40\uDC41" })
	void nameMayNotContainHiddenCharacters(String name) {
		assertThat(TextKind.NAME.violation(name)).contains("may not contain characters that cannot be seen");
		assertThat(TextKind.EMAIL.violation(name + "@example.com")).contains("is not an email address");
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", "a/b", "a\\b", "a?", "a#", "50%", "a;b", " a", "a " })
	void nameMayNotContainDelimitersOfAddresses(String name) {
		assertThat(TextKind.NAME.violation(name))
			.contains("may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\tb", "a\u0007", "a\u2028b" })
	void lineMayNotContainLineBreaksOrControlCharacters(String line) {
		assertThat(TextKind.LINE.violation(line)).contains("may not contain line breaks or control characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb\tc", "\u2067שלום\u2069 x\u200E", "علی\u200C", "soft\u00ADhyphen", "\u0378", "\uE000",
			"🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F", "क\u094D\u200D", "\u202Bנ\u202C" })
	void proseMayContainFormatCharacters(String text) {
		assertThat(TextKind.PROSE.violation(text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "\u001B[31m", "a\u009Bb", "\u0008" })
	void proseMayNotContainControlCharacters(String text) {
		assertThat(TextKind.PROSE.violation(text)).contains("may not contain control characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\uFFFE", "a\uFFFF", "\uD83F\uDFFE" })
	void proseMayNotContainNoncharacters(String text) {
		assertThat(TextKind.PROSE.violation(text)).contains("may not contain characters that this site does not know");
	}

	@ParameterizedTest
	@EnumSource
	void longTextIsChecked(TextKind kind) {
		assertThat(kind.violation("👩\u200D".repeat(300_000) + "💻")).isEmpty();
		kind.violation("\u200D".repeat(500_000));
		kind.violation("e\u0301".repeat(500_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "e\u0301", "\u00E9" })
	void nameIsNormalized(String name) {
		assertThat(TextKind.normalize(name)).isEqualTo("\u00E9");
		assertThat(TextKind.normalize("a\u3000b\u00A0c")).isEqualTo("a b c");
	}

}
