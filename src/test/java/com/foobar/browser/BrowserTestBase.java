package com.foobar.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.Chromium;
import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of tests that open the site in a real browser. The site runs with its
 * embedded database. After each test, this class checks that the browser logged no error
 * and sent no request to another site.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class BrowserTestBase {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	private final List<Visitor> visitors = new ArrayList<>();

	/** Opens a browser window of desktop size. */
	Visitor visitor() {
		return visitor(DisplayMode.LIGHT);
	}

	Visitor visitor(DisplayMode mode) {
		return visitor(mode.options());
	}

	Visitor visitor(Browser.NewContextOptions options) {
		var visitor = new Visitor(chromium.browser().newContext(options.setBaseURL(site())), site());
		this.visitors.add(visitor);
		return visitor;
	}

	/** Registers a user who writes through the API. */
	Author author(String name) {
		return Author.register(chromium.playwright(), site(), name);
	}

	/** Returns the name with a number that makes it unique among all tests. */
	static String unique(String name) {
		return name + number.incrementAndGet();
	}

	private String site() {
		return "http://localhost:" + this.port;
	}

	@AfterEach
	void assertNoErrors() {
		try {
			assertThat(this.visitors).flatMap(Visitor::errors).isEmpty();
		}
		finally {
			this.visitors.forEach(Visitor::close);
		}
	}

}
