package com.foobar.database;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which consistency context a thread has. */
class ConsistencyContextTests {

	@Test
	void closedContextIsNoLongerBound() {
		try (var context = ConsistencyContext.begin("u:1", false)) {
			assertThat(ConsistencyContext.current()).isSameAs(context);
		}
		assertThat(ConsistencyContext.current().position()).isEmpty();
	}

	@Test
	void closedInnerContextRestoresTheOuterOne() {
		try (var outer = ConsistencyContext.begin("u:1", false)) {
			try (var inner = ConsistencyContext.begin("u:2", false)) {
				assertThat(ConsistencyContext.current()).isSameAs(inner);
			}
			assertThat(ConsistencyContext.current()).isSameAs(outer);
		}
	}

}
