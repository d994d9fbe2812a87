package com.foobar.web.error;

import java.util.List;
import java.util.Map;

import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the sentences with which pages report errors. */
class ErrorDetailsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | Request bad request
			403 | Request forbidden
			404 | Nothing has this address.
			405 | This address only takes forms. Go back, and press the button there.
			413 | Text is too large
			415 | Content-type not supported
			500 | It is our fault, not yours, and we have been told.
			""")
	void statusHasASentence(int status, String sentence) {
		var request = new MockHttpServletRequest();
		request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, status);
		assertThat(ErrorDetails.of(request).sentences()).containsExactly(sentence);
	}

	@ParameterizedTest
	@CsvSource({ "title, Title", "body, Text", "tagList, Tags", "image, Picture", "currentPassword, Current password" })
	void sentenceNamesTheFieldAsPagesDo(String field, String label) {
		assertThat(ErrorDetails.of(HttpStatus.UNPROCESSABLE_CONTENT, field, "is wrong").sentences())
			.containsExactly(label + " is wrong");
	}

	@Test
	void anotherSentenceLeavesTheMessageOfTheApi() {
		ErrorDetails error = ErrorDetails.of(HttpStatus.NOT_FOUND, "comment", "not found").withSentence("It is gone.");
		assertThat(error.sentences()).containsExactly("It is gone.");
		assertThat(error.errors()).isEqualTo(Map.of("comment", List.of("not found")));
	}

	@Test
	void unavailableDatabaseHasASentence() {
		assertThat(ErrorDetails.DATABASE_UNREACHABLE.sentences())
			.containsExactly("Our database did not answer in time. Try again in a moment.")
			.isEqualTo(ErrorDetails.DATABASE_UNAVAILABLE.sentences());
	}

}
