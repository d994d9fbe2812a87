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

/** Tests how errors of the application and of the content type are told apart. */
class GlobalExceptionHandlerTests {

	private final MockMvc site = MockMvcBuilders.standaloneSetup(new Mistaken())
		.setControllerAdvice(new GlobalExceptionHandler())
		.addInterceptors(new ContentTypeInterceptor())
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "*/*", "application/*" })
	void applicationErrorIsNotReportedAsUnsupportedContentType(String type) {
		assertThatException()
			.isThrownBy(() -> this.site.perform(post("/mistaken").header("Content-Type", type).content("{}")))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessage("A mistake of ours");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/*+json" })
	void bodyWithWildcardTypeIsNotSupported(String type) throws Exception {
		var result = this.site.perform(post("/read").header("Content-Type", type).content("{}")).andReturn();
		assertThat(result.getResponse().getStatus()).isEqualTo(415);
	}

	@Test
	void jsonBodyIsRead() throws Exception {
		var result = this.site.perform(post("/read").header("Content-Type", "application/json").content("{}"))
			.andReturn();
		assertThat(result.getResponse().getContentAsString()).isEqualTo("{}");
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
