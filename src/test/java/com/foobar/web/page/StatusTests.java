package com.foobar.web.page;

import java.io.IOException;

import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the status page and its JSON while everything works. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StatusTests {

	@LocalServerPort
	int port;

	@Test
	void pageShowsThatEverythingWorks() throws IOException {
		Document page = open().parse();
		assertThat(page.title()).isEqualTo("Status — foobar");
		assertThat(page.select(".health.well").text()).isEqualTo("Well. Everything works.");
		assertThat(page.select("tbody tr").eachText()).containsExactly("embedded primary — works");
		assertThat(page.select("dd").eachText().getFirst()).containsPattern(", version \\d");
		assertThat(page.select("dd").eachText()).endsWith("embedded", "embedded");
	}

	@Test
	void jsonShowsTheSameAsThePage() {
		RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.get()
			.uri("/status.json")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.health")
			.isEqualTo("WELL")
			.jsonPath("$.database.writable")
			.isEqualTo(true)
			.jsonPath("$.database.servers[0].name")
			.isEqualTo("embedded")
			.jsonPath("$.server")
			.isNotEmpty();
	}

	private Connection.Response open() throws IOException {
		return Jsoup.connect("http://localhost:" + this.port + "/status").execute();
	}

}
