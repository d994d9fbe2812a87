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
 * What visitors do in a real browser, on the site with its embedded database. On all
 * their ways there is no error on the console and no request to another site.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class Journey {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	private final List<Visitor> visitors = new ArrayList<>();

	/** Somebody at a desk. */
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

	/** Somebody who writes on the site without looking at it. */
	Author author(String name) {
		return Author.register(chromium.playwright(), site(), name);
	}

	/** A name that nobody has yet. */
	static String unique(String name) {
		return name + number.incrementAndGet();
	}

	private String site() {
		return "http://localhost:" + this.port;
	}

	@AfterEach
	void nothingWentWrongOnTheWay() {
		try {
			assertThat(this.visitors).flatMap(Visitor::complaints).isEmpty();
		}
		finally {
			this.visitors.forEach(Visitor::close);
		}
	}

}
