package com.foobar.site;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import com.foobar.database.MySqlPair;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

import static com.foobar.database.MySqlPair.run;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests that requests that write nothing need no primary. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = MySqlPair.class)
class PreviewIntegrationTests {

	@LocalServerPort
	int port;

	private final Connection author = Jsoup.newSession();

	@AfterEach
	void restorePrimary() {
		run(MySqlPair.first, "SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
	}

	@Test
	void previewAndFormsWithErrorsDoNotWaitForAPrimary() throws IOException {
		send("/register", page("/register")).data("username", "previewer", "email", "previewer@example.com")
			.data("password", "password1")
			.execute();
		Document editor = page("/editor");
		Document settings = page("/settings");
		run(MySqlPair.first, "SET GLOBAL super_read_only = ON");
		Instant start = Instant.now();
		assertThat(send("/editor", editor).data("title", "T", "body", "Some *stress*", "preview", "yes")
			.execute()
			.parse()
			.select(".preview em")
			.text()).isEqualTo("stress");
		assertThat(send("/editor", editor).data("title", "T", "body", "b")
			.execute()
			.parse()
			.select(".error-messages")
			.text()).isEqualTo("Description can't be blank");
		assertThat(send("/settings", settings).data("username", " ").execute().parse().select(".error-messages").text())
			.isEqualTo("Username can't be blank");
		assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
	}

	private Document page(String path) throws IOException {
		return request(path).get();
	}

	private Connection send(String path, Document form) {
		return request(path).method(Connection.Method.POST)
			.data("_csrf", form.expectFirst("[name=_csrf]").val())
			.data("idempotencyKey", form.expectFirst("[name=idempotencyKey]").val());
	}

	private Connection request(String path) {
		return this.author.newRequest("http://localhost:" + this.port + path);
	}

}
