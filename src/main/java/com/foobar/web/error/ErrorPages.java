package com.foobar.web.error;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import com.foobar.web.SecurityHeaders;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

/**
 * Where every failed request ends: in the API's shape below {@code /api}, on a page of
 * the site everywhere else.
 */
@Controller
class ErrorPages implements ErrorController {

	// Whatever the client accepts: an error in another shape would help it less.
	private static final MediaType JSON = MediaType.parseMediaType("application/json;charset=UTF-8");

	// However its slashes are doubled or its letters escaped.
	private static final Pattern API = Pattern.compile("/+api(/|$)");

	@RequestMapping("${spring.web.error.path:/error}")
	Object error(HttpServletRequest request, HttpServletResponse response) {
		ErrorDetails failure = ErrorDetails.of(request);
		if (!response.containsHeader("Content-Security-Policy")) {
			SecurityHeaders.addTo(response);
		}
		if (failure.status().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
			// The scheme of this API's clients.
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Token");
		}
		boolean unavailable = failure.status().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
				|| failure.equals(ErrorDetails.DATABASE_UNREACHABLE);
		if (unavailable && !failure.equals(ErrorDetails.OUTCOME_UNKNOWN)) {
			// Seconds, within which most failovers end. Programs that are told so send
			// again by themselves, which might do what was done already.
			response.setHeader(HttpHeaders.RETRY_AFTER, "2");
		}
		return isApi(request) ? json(failure) : page(failure);
	}

	private static boolean isApi(HttpServletRequest request) {
		String asked = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
		return API.matcher(UriUtils.decode(asked, StandardCharsets.UTF_8)).lookingAt();
	}

	private static ResponseEntity<?> json(ErrorDetails failure) {
		record Body(Object errors) {
		}
		return ResponseEntity.status(failure.status()).contentType(JSON).body(new Body(failure.errors()));
	}

	private static ModelAndView page(ErrorDetails failure) {
		HttpStatusCode status = failure.status();
		var page = new ModelAndView("error", status);
		// The balancer tells the visitor 503 in place of it.
		page.addObject("status", failure.equals(ErrorDetails.DATABASE_UNREACHABLE) ? 503 : status.value());
		page.addObject("title",
				failure.equals(ErrorDetails.OUTCOME_UNKNOWN) ? "It may have worked, or not" : title(status.value()));
		page.addObject("sentences", failure.sentences());
		return page;
	}

	private static String title(int status) {
		return switch (status) {
			case 404 -> "There is nothing here";
			case 503, 504 -> "Back in a moment";
			default -> (status < 500) ? "That did not work" : "Something broke on our side";
		};
	}

}
