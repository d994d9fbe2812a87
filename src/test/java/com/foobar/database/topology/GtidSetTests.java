package com.foobar.database.topology;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GtidSetTests {

	private static final String A = "6a41791e-e581-11f1-bd03-0242ac110002";

	private static final String B = "7b41791e-e581-11f1-bd03-0242ac110002";

	@ParameterizedTest
	@ValueSource(strings = { "", A + ":1", A + ":1-5", A + ":1-5:7:9-11", A + ":1-5," + B + ":3",
			A + ":1-1000007:2000000-2000004", A + ":1-5," + A + ":daily:1-3" })
	void printsAsItWasParsed(String text) {
		assertThat(GtidSet.parse(text)).hasToString(text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			A:5:1-3:4     | A:1-5
			A:1-3:2-9     | A:1-9
			' A:1-3,\tB:1' | A:1-3,B:1
			A:1:x:1-2:y:7 | A:1,A:x:1-2,A:y:7
			""")
	void parsesAnyOrderAndWhitespace(String text, String same) {
		assertThat(set(text)).isEqualTo(set(same)).hasToString(set(same).toString());
	}

	@Test
	void parsesLineBreaksOfMySql() {
		assertThat(set("A:1-3,\nB:1")).isEqualTo(set("A:1-3,B:1"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			A:1-5     | A:2-3     | true
			A:1-5     | A:1-5     | true
			A:1-5     | ''        | true
			''        | A:1       | false
			A:1-5     | A:5-6     | false
			A:1-5:7-9 | A:4-8     | false
			A:1-5,B:1 | B:1       | true
			A:1-5     | B:1       | false
			A:1-5     | A:x:1     | false
			""")
	void containsSubsets(String set, String other, boolean contains) {
		assertThat(set(set).contains(set(other))).isEqualTo(contains);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			A:1-5     | A:6       | A:1-6     | 6
			A:1-5:9   | A:6-8     | A:1-9     | 9
			A:1-5     | B:7       | A:1-5,B:7 | 6
			A:1-2:8-9 | A:4-5     | A:1-2:4-5:8-9 | 6
			''        | A:3       | A:3       | 1
			""")
	void unionContainsBothSets(String some, String others, String all, long size) {
		assertThat(set(some).union(set(others))).isEqualTo(set(all));
		assertThat(set(others).union(set(some))).isEqualTo(set(all));
		assertThat(set(all).size()).isEqualTo(size);
	}

	@Test
	void selectsAndReplacesOneSource() {
		assertThat(set("A:1-9,A:x:1,B:1-3").ofSource(A)).isEqualTo(set("A:1-9,A:x:1"));
		assertThat(set("A:1-9,B:1-3").replaceSource(A, set("A:1-5,B:7"))).isEqualTo(set("A:1-5,B:1-3"));
		assertThat(set("A:1-9,B:1-3").replaceSource(A, set("B:7"))).isEqualTo(set("B:1-3"));
	}

	@Test
	void invalidTextIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> GtidSet.parse(A + ":1-x"));
	}

	private static GtidSet set(String text) {
		return GtidSet.parse(text.replace("A", A).replace("B", B));
	}

}
