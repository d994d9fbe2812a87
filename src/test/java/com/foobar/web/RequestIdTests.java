package com.foobar.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that log messages contain the id of their request. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class RequestIdTests {

	private static final String ID = "019a6f5e-93a1-7c55-b0a2-7d1f6f2d9c11";

	@LocalServerPort
	int port;

	@Test
	void idIsInLogMessagesOfTheRequest(CapturedOutput output) {
		get("/logged", ID);
		assertThat(output.getOut().lines().filter((line) -> line.endsWith("Logged"))).singleElement()
			.asString()
			.contains("[" + ID + "]");
	}

	@Test
	void idIsInLogMessageOfUncaughtException(CapturedOutput output) {
		get("/failing", ID);
		assertThat(output.getOut().lines().filter((line) -> line.contains("Deliberate failure"))).first()
			.asString()
			.contains("[" + ID + "]");
	}

	@Test
	void idIsRemovedAfterTheRequest(CapturedOutput output) {
		get("/logged", ID);
		get("/logged", "");
		assertThat(output.getOut().lines().filter((line) -> line.endsWith("Logged"))).last()
			.asString()
			.doesNotContain("[" + ID + "]");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "two words", "\"}", "0123456789012345678901234567890123456789012345678901234567890123456789" })
	void invalidIdIsIgnored(String id, CapturedOutput output) {
		get("/logged", id);
		assertThat(output.getOut()).doesNotContain(id);
	}

	private void get(String path, String id) {
		RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.get()
			.uri(path)
			.header("X-Request-Id", id)
			.exchange()
			.expectBody()
			.returnResult();
	}

	@TestConfiguration
	@RestController
	static class LoggingController {

		@GetMapping("/logged")
		void log() {
			LoggerFactory.getLogger("logged").info("Logged");
		}

		@GetMapping("/failing")
		void fail() {
			throw new IllegalStateException("Deliberate failure");
		}

	}

}
