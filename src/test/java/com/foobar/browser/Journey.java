package com.foobar.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of tests with a real browser, on the site with its embedded database. After
 * each test, it checks that the browser logged no error and sent no request to another
 * site.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class Journey {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	private final List<Visitor> visitors = new ArrayList<>();

	/** Opens a browser window of desktop size. */
	Visitor visitor() {
		return visitor(Look.LIGHT);
	}

	Visitor visitor(Look look) {
		return visitor(look.options());
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

	/** Returns a name that no user has yet. */
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
