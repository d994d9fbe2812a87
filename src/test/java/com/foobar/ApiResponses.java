package com.foobar;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Checks and reads responses of the API. */
public final class ApiResponses {

	private ApiResponses() {
	}

	/** Checks that a response reports the given error. */
	public static void assertError(ResponseSpec response, int status, String key, String message) {
		response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType("application/json;charset=UTF-8")
			.expectBody()
			.jsonPath("$.errors['%s'][0]".formatted(key))
			.isEqualTo(message);
	}

	/** Checks that the user in a response has neither a bio nor an image. */
	public static void assertNoBioOrImage(RestTestClient.BodyContentSpec body) {
		for (String field : List.of("$.user.bio", "$.user.image")) {
			body.jsonPath(field).hasJsonPath().jsonPath(field).isEmpty();
		}
	}

	/** Checks that a response has the status 201, and returns its body. */
	public static String created(ResponseSpec response) {
		return body(response.expectStatus().isCreated());
	}

	/** Returns the body of a response. */
	public static String body(ResponseSpec response) {
		return new String(response.expectBody().returnResult().getResponseBodyContent(), StandardCharsets.UTF_8);
	}

	/** Checks that a response is successful, and returns the token of its user. */
	public static String token(ResponseSpec response) {
		return JsonPath.read(body(response.expectStatus().is2xxSuccessful()), "$.user.token");
	}

}
