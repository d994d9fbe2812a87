package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which origins are found in the output of mysqlbinlog from a server with the id 2.
 * This server replaced the primary with the id 1, and later both of them wrote at the
 * same time.
 */
class TransactionOriginsTests {

	private static final String BOTH_WRITE = "#261121 14:27:41";

	private final String log = log();

	@Test
	void consecutivePrimariesAreFoundInOrder() {
		String first = this.log.substring(0, this.log.indexOf(BOTH_WRITE));
		assertThat(TransactionOrigins.of(first, 0)).containsExactly(1, 2);
	}

	@Test
	void simultaneousPrimariesAlternate() {
		assertThat(TransactionOrigins.of(this.log, 0)).containsExactly(1, 2, 1, 2);
	}

	@Test
	void earlierTransactionsAreSkipped() {
		assertThat(TransactionOrigins.of(this.log, 1_795_271_257_000L)).containsExactly(2, 1, 2);
		assertThat(TransactionOrigins.of(this.log, 1_795_271_264_000L)).isEmpty();
	}

	@Test
	void transactionsOfOtherSchemasAreSkipped() {
		assertThat(TransactionOrigins.of(this.log.replace("`foobar`", "`other`"), 0)).isEmpty();
	}

	private static String log() {
		try {
			return new ClassPathResource("two-primaries.txt", TransactionOriginsTests.class)
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
