package com.foobar.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where every failed request ends: in the API's shape below {@code /api}, on a page of
 * the site everywhere else.
 */
@Controller
class ErrorPages implements ErrorController {

	// Whatever the client accepts: an error in another shape would help it less.
	private static final MediaType JSON = MediaType.parseMediaType("application/json;charset=UTF-8");

	@RequestMapping("${spring.web.error.path:/error}")
	Object error(HttpServletRequest request) {
		Failure failure = Failure.of(request);
		return isApi(request) ? json(failure) : page(failure);
	}

	private static boolean isApi(HttpServletRequest request) {
		return String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)).startsWith("/api/");
	}

	private static ResponseEntity<?> json(Failure failure) {
		record Body(Object errors) {
		}
		return ResponseEntity.status(failure.status()).contentType(JSON).body(new Body(failure.errors()));
	}

	private static ModelAndView page(Failure failure) {
		HttpStatusCode status = failure.status();
		var page = new ModelAndView("error", status);
		page.addObject("status", status.value());
		page.addObject("title", title(status.value()));
		return page;
	}

	private static String title(int status) {
		return switch (status) {
			case 403 -> "This is not yours to change";
			case 404 -> "There is nothing here";
			case 503 -> "Back in a moment";
			default -> (status < 500) ? "That did not work" : "Something broke on our side";
		};
	}

}
