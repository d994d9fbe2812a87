package com.foobar.browser;

import java.util.function.Function;

/**
 * Inserts sample users and articles with all kinds of content: several pages of articles,
 * emoji, text from right to left, and overlong names.
 */
final class SampleData {

	static final String WRITER = "Wilhelmina";

	static final String READER = "Robin";

	static final String SLUG = "every-kind-of-text";

	static final String TAG = "typography";

	private static final String LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

	private static final String BODY = """
			A paragraph with **strong** and *stressed* words, `code`, and [a link](https://example.com/).
			It is long enough to be broken into lines, on a screen of whatever width.

			# A heading of the first order

			## One of the second

			> Somebody said this, and somebody else wrote it down.

			1. First
			2. Second
			   - with a point of its own

			```
			for (int i = 0; i < 10; i++) { System.out.println("A line of code that is rather longer than a phone is wide"); }
			```

			---

			שלום עולם. كل شيء يكتب من اليمين إلى اليسار. 👩‍🚀🏳️‍🌈🐢

			%s
			"""
		.formatted(LONG);

	private SampleData() {
	}

	/** Inserts the sample data as users that the given function registers. */
	static void insert(Function<String, Author> register) {
		Author writer = register.apply(WRITER).changeBio("Sets type by hand. אוהבת אותיות ✍️");
		Author reader = register.apply(READER).follow(WRITER);
		for (int i = 1; i <= 21; i++) {
			writer.publish("Letter number " + i, "One of many.", "letters");
		}
		writer.publish("מכתב מימין לשמאל 🐢", "שלום עולם", TAG, "עברית");
		writer.publish(LONG, LONG, TAG, LONG.substring(0, 30).toLowerCase());
		String slug = writer.publish("Every kind of text", BODY, TAG, "operations", "תגית", "🐢");
		reader.favorite(slug).comment(slug, "Beautiful.\n\nאהבתי מאוד 🎉").comment(slug, LONG);
		writer.comment(slug, "Thank you. " + "It took a while. ".repeat(12));
	}

}
