package com.foobar.site;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.foobar.web.limit.LargeResponses;
import com.foobar.web.page.BufferedTemplateOutput;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

import static org.assertj.core.api.Assertions.assertThat;

/** Serves slow, large and failing pages for the tests. */
@TestConfiguration(proxyBeanMethods = false)
@Controller
class LargePages {

	static final int PARAGRAPHS = 100_000;

	private final LargeResponses largeResponses;

	private volatile CountDownLatch started = new CountDownLatch(1);

	volatile CountDownLatch ended = new CountDownLatch(1);

	LargePages(LargeResponses largeResponses) {
		this.largeResponses = largeResponses;
	}

	/**
	 * Sends a request, and waits for at most ten seconds until its handler has a permit.
	 */
	<T> T start(Supplier<T> request) throws InterruptedException {
		this.started = new CountDownLatch(1);
		this.ended = new CountDownLatch(1);
		T response = request.get();
		assertThat(this.started.await(10, TimeUnit.SECONDS)).isTrue();
		return response;
	}

	/** Ends the slow page that was started last. */
	void end() {
		this.ended.countDown();
	}

	@GetMapping("/slow")
	View slow() throws InterruptedException {
		this.largeResponses.acquire();
		CountDownLatch end = this.ended;
		this.started.countDown();
		end.await(20, TimeUnit.SECONDS);
		return render(1, false);
	}

	@GetMapping("/endless")
	View endless() {
		this.largeResponses.acquire();
		this.started.countDown();
		return render(30 * PARAGRAPHS, false);
	}

	@GetMapping("/large")
	View large() {
		return render(PARAGRAPHS, false);
	}

	@GetMapping("/broken")
	View broken() {
		return render(PARAGRAPHS, true);
	}

	private static View render(int paragraphs, boolean broken) {
		return (model, request, response) -> {
			response.setContentType("text/html;charset=utf-8");
			var output = new BufferedTemplateOutput(response::getOutputStream);
			for (int i = 0; i < paragraphs; i++) {
				output.writeContent("<p>é</p>");
			}
			if (broken) {
				throw new IllegalStateException("Deliberate failure at the end of the template");
			}
			output.sendTo(response.getOutputStream());
		};
	}

}
