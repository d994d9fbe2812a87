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
 * Renders the error of every failed request: as JSON below {@code /api}, as a page for
 * all other addresses. Safe for use by several threads.
 */
@Controller
class ErrorPages implements ErrorController {

	// Sent whatever the client accepts, because an error in another format or without a
	// body would help the client less.
	private static final MediaType JSON = MediaType.parseMediaType("application/json;charset=UTF-8");

	// Matches the decoded address, with repeated slashes too.
	private static final Pattern API = Pattern.compile("/+api(/|$)");

	@RequestMapping("${spring.web.error.path:/error}")
	Object error(HttpServletRequest request, HttpServletResponse response) {
		ErrorDetails error = ErrorDetails.of(request);
		if (!response.containsHeader("Content-Security-Policy")) {
			SecurityHeaders.addTo(response);
		}
		if (error.status().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
			// The authentication scheme of this API's clients.
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Token");
		}
		boolean unavailable = error.status().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
				|| error.equals(ErrorDetails.DATABASE_UNREACHABLE);
		if (unavailable && !error.equals(ErrorDetails.OUTCOME_UNKNOWN)) {
			// In seconds; most failovers end within two. Not sent when the outcome is
			// unknown, because clients repeat a request with this header by themselves,
			// which might apply it twice.
			response.setHeader(HttpHeaders.RETRY_AFTER, "2");
		}
		return isApi(request) ? json(error) : page(error);
	}

	private static boolean isApi(HttpServletRequest request) {
		String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
		return API.matcher(UriUtils.decode(path, StandardCharsets.UTF_8)).lookingAt();
	}

	private static ResponseEntity<?> json(ErrorDetails error) {
		record Body(Object errors) {
		}
		return ResponseEntity.status(error.status()).contentType(JSON).body(new Body(error.errors()));
	}

	private static ModelAndView page(ErrorDetails error) {
		HttpStatusCode status = error.status();
		var page = new ModelAndView("error", status);
		// The page shows 503, because the balancer sends that status to the visitor.
		page.addObject("status", error.equals(ErrorDetails.DATABASE_UNREACHABLE) ? 503 : status.value());
		page.addObject("title",
				error.equals(ErrorDetails.OUTCOME_UNKNOWN) ? "It may have worked, or not" : title(status.value()));
		page.addObject("sentences", error.sentences());
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
