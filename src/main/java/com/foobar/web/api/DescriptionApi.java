package com.foobar.web.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the OpenAPI description of the API. The description is written by hand, and the
 * tests check every response against it.
 */
@RestController
class DescriptionApi {

	private final String description;

	DescriptionApi() throws IOException {
		this.description = new ClassPathResource("openapi.yaml").getContentAsString(StandardCharsets.UTF_8);
	}

	@GetMapping("/api/openapi.yaml")
	ResponseEntity<String> description() {
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(this.description);
	}

}
