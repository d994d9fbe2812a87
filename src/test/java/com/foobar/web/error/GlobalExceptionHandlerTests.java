package com.foobar.web.error;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

class GlobalExceptionHandlerTests {

	private final MockMvc site = MockMvcBuilders.standaloneSetup(new Mistaken())
		.setControllerAdvice(new GlobalExceptionHandler())
		.addInterceptors(new ContentTypeInterceptor())
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "*/*", "application/*" })
	void mistakeOfOursIsNoFaultOfTheClientsContentType(String type) {
		assertThatException()
			.isThrownBy(() -> this.site.perform(post("/mistaken").header("Content-Type", type).content("{}")))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessage("A mistake of ours");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/*+json" })
	void bodyOfAnUnknownTypeIsNotSupported(String type) throws Exception {
		var answer = this.site.perform(post("/read").header("Content-Type", type).content("{}")).andReturn();
		assertThat(answer.getResponse().getStatus()).isEqualTo(415);
	}

	@Test
	void bodyOfAKnownTypeIsRead() throws Exception {
		var answer = this.site.perform(post("/read").header("Content-Type", "application/json").content("{}"))
			.andReturn();
		assertThat(answer.getResponse().getContentAsString()).isEqualTo("{}");
	}

	@RestController
	static class Mistaken {

		@PostMapping("/mistaken")
		String fail() {
			throw new IllegalArgumentException("A mistake of ours");
		}

		@PostMapping("/read")
		String read(@RequestBody String body) {
			return body;
		}

	}

}
