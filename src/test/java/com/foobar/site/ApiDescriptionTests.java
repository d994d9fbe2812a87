package com.foobar.site;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the description of the API contains the operations of the site, and that
 * anonymous visitors can read it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class ApiDescriptionTests {

	@Autowired
	RestTestClient client;

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Test
	void descriptionHasExactlyTheOperationsOfTheApi() throws IOException {
		assertThat(new ApiDescription().operations())
			.containsExactlyInAnyOrderElementsOf(this.requestMappingHandlerMapping.getHandlerMethods()
				.keySet()
				.stream()
				.flatMap(ApiDescriptionTests::operations)
				.toList());
	}

	private static Stream<ApiDescription.Operation> operations(RequestMappingInfo mapping) {
		return mapping.getPatternValues()
			.stream()
			.filter((path) -> path.startsWith("/api"))
			.flatMap((path) -> mapping.getMethodsCondition()
				.getMethods()
				.stream()
				.map((method) -> new ApiDescription.Operation(HttpMethod.valueOf(method.name()), path)));
	}

	@Test
	void anonymousVisitorsCanReadTheDescription() {
		for (String accepted : new String[] { "*/*", "application/json" }) {
			this.client.get()
				.uri("/api/openapi.yaml")
				.header("Accept", accepted)
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.contentType("application/yaml;charset=UTF-8")
				.expectBody(String.class)
				.value((text) -> assertThat(text).startsWith("openapi: 3.1.0"));
		}
	}

}
