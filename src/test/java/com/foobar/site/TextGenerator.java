package com.foobar.site;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Generates random texts from all of Unicode. The same seed generates the same texts. Not
 * thread-safe.
 */
final class TextGenerator {

	private static final List<String> PIECES = List.of("a", "Ada", "ж", "漢字", "한국", "שלום", "محمد", "علی\u200Cرضا",
			"क\u094D\u200Dष", "🐢", "👩\u200D💻", "❤\uFE0F\u200D🔥", "🇩🇪", "1\uFE0F\u20E3", "é", "e\u0301", "Å", "ﬁ",
			" ", "\u00A0", "\u3000", ".", "-", "'", "\"", "<b>", "&amp;", "/", "%", "#", ";", "?", "\\", ",", "{0}",
			"${x}");

	private static final List<Integer> HIDDEN = List.of(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E,
			0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2064, 0x2066,
			0x2067, 0x2068, 0x2069, 0x206A, 0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFC, 0x1D173,
			0xE0001, 0xE0041, 0xE0100);

	private static final List<Integer> BREAKS = List.of(0x9, 0xA, 0xB, 0xC, 0xD, 0x85, 0x2028, 0x2029);

	private static final List<Integer> NONCHARACTERS = List.of(0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF);

	private final RandomGenerator random;

	TextGenerator(RandomGenerator random) {
		this.random = random;
	}

	/** Returns one to six random characters or words. */
	String next() {
		return IntStream.range(0, 1 + this.random.nextInt(6)).mapToObj((i) -> piece()).collect(Collectors.joining());
	}

	private String piece() {
		return switch (this.random.nextInt(10)) {
			case 0 -> Character.toString(pick(HIDDEN));
			case 1 -> Character.toString(pick(BREAKS));
			case 2 -> Character.toString(pick(NONCHARACTERS));
			case 3 -> codePoint(0x300, 0x370);
			case 4 -> codePoint(0, 0x100);
			case 5 -> codePoint(0xE000, 0xF900);
			case 6 -> codePoint(0, Character.MAX_CODE_POINT + 1);
			default -> pick(PIECES);
		};
	}

	// Returns a random character that is not a surrogate. Another test covers unpaired
	// surrogates.
	private String codePoint(int from, int to) {
		int character = this.random.nextInt(from, to);
		return (Character.getType(character) == Character.SURROGATE) ? "x" : Character.toString(character);
	}

	private <T> T pick(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
