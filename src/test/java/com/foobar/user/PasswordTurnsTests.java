package com.foobar.user;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PasswordTurnsTests {

	private final PasswordTurns turns = new PasswordTurns(
			new PasswordProperties(DataSize.ofMegabytes(19), 2, 1, Duration.ofMillis(50)));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void requestThatHashesBeginsWhenTheOneBeforeHasEnded() {
		assertThat(begin("POST")).isTrue();
		assertThatExceptionOfType(BusyException.class).isThrownBy(() -> begin("PUT"));
		end("POST");
		assertThat(begin("PUT")).isTrue();
	}

	@Test
	void requestThatHashesNothingWaitsForNobody() {
		begin("POST");
		assertThat(begin("GET")).isTrue();
		end("GET");
		assertThatExceptionOfType(BusyException.class).isThrownBy(() -> begin("POST"));
	}

	private boolean begin(String method) {
		return this.turns.preHandle(new MockHttpServletRequest(method, "/login"), this.response, this);
	}

	private void end(String method) {
		this.turns.afterCompletion(new MockHttpServletRequest(method, "/login"), this.response, this, null);
	}

}
