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

/**
 * Tests that an error of the application is not reported as an unsupported content type.
 */
class GlobalExceptionHandlerTests {

	private final MockMvc mockMvc = MockMvcBuilders.standaloneSetup(new FailingController())
		.setControllerAdvice(new GlobalExceptionHandler())
		.addInterceptors(new ContentTypeInterceptor())
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "*/*", "application/*" })
	void applicationErrorIsNotReportedAsUnsupportedContentType(String type) {
		assertThatException()
			.isThrownBy(() -> this.mockMvc.perform(post("/failing").header("Content-Type", type).content("{}")))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessage("Deliberate failure");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/*+json" })
	void bodyWithWildcardTypeIsNotSupported(String type) throws Exception {
		var result = this.mockMvc.perform(post("/read").header("Content-Type", type).content("{}")).andReturn();
		assertThat(result.getResponse().getStatus()).isEqualTo(415);
	}

	@Test
	void jsonBodyIsRead() throws Exception {
		var result = this.mockMvc.perform(post("/read").header("Content-Type", "application/json").content("{}"))
			.andReturn();
		assertThat(result.getResponse().getContentAsString()).isEqualTo("{}");
	}

	@RestController
	static class FailingController {

		@PostMapping("/failing")
		String fail() {
			throw new IllegalArgumentException("Deliberate failure");
		}

		@PostMapping("/read")
		String read(@RequestBody String body) {
			return body;
		}

	}

}
