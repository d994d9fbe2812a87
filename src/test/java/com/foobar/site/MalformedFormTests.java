package com.foobar.site;

import java.io.IOException;
import java.util.Map;

import com.foobar.web.security.SignInTokens;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the responses to malformed forms, which no browser sends. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class MalformedFormTests {

	@Autowired
	JdbcClient jdbc;

	@Autowired
	SignInTokens tokens;

	@LocalServerPort
	int port;

	@ParameterizedTest
	@ValueSource(strings = { "/editor", "/editor/title-1", "/login" })
	void refusesUnreadableFormsWithoutStackTrace(String path, CapturedOutput log) throws IOException {
		var headers = Map.of("Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin",
				"Cookie", "sign-in=" + token());
		var response = new RawRequest("POST", path, headers, "title=%zz&preview=".getBytes(UTF_8)).send(this.port);
		assertThat(response.status()).isEqualTo(400);
		assertThat(new String(response.body(), UTF_8)).contains("Query is not valid");
		assertThat(log).doesNotContain("InvalidParameterException");
	}

	private String token() {
		record StoredUser(long id, String password) {
		}
		StoredUser user = this.jdbc.sql("SELECT id, password FROM users WHERE token_generation = 0 LIMIT 1")
			.query(StoredUser.class)
			.single();
		return this.tokens.issue(user.id(), user.password());
	}

}
