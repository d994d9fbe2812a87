package com.foobar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what operators can ask an instance and visitors cannot. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ManagementTests {

	@LocalServerPort
	int sitePort;

	@LocalManagementPort
	int managementPort;

	@Test
	void poolsAndRoutesHaveMetrics() {
		get(this.sitePort, "/").expectStatus().isOk();
		String metrics = new String(get(this.managementPort, "/actuator/prometheus").expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
		assertThat(metrics).contains("database_routed_total{node=\"embedded\",reason=\"no-replica\",role=\"primary\"}")
			.contains("database_nodes{role=\"primary\"} 1.0")
			.contains("hikaricp_connections_active{pool=\"embedded-read\"}")
			.contains("hikaricp_connections_active{pool=\"embedded-write\"}")
			.contains("http_server_requests_seconds_count");
	}

	@Test
	void healthNamesTheDatabaseServers() {
		get(this.managementPort, "/actuator/health").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.components.database.details.embedded")
			.isEqualTo("PRIMARY");
	}

	@Test
	void databaseEndpointShowsTheTopology() {
		get(this.managementPort, "/actuator/database").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.primary")
			.isEqualTo("embedded")
			.jsonPath("$.nodes.embedded.role")
			.isEqualTo("PRIMARY")
			.jsonPath("$.changes")
			.isEmpty();
	}

	@Test
	void infoNamesTheBuild() {
		get(this.managementPort, "/actuator/info").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.build.artifact")
			.isEqualTo("foobar");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz" })
	void probesOfTheBalancerShowOnlyTheStatus(String path) {
		get(this.sitePort, path).expectStatus()
			.isOk()
			.expectBody()
			.json("{\"status\": \"UP\"}", JsonCompareMode.STRICT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/prometheus", "/actuator/env" })
	void actuatorIsNotOnThePublicPort(String path) {
		get(this.sitePort, path).expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/env", "/actuator/heapdump", "/actuator/shutdown", "/actuator/beans" })
	void endpointsWithSecretsAreDisabled(String path) {
		get(this.managementPort, path).expectStatus().isNotFound();
	}

	private static RestTestClient.ResponseSpec get(int port, String path) {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build().get().uri(path).exchange();
	}

}
