package com.foobar.web.page;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.foobar.web.limit.LargeResponses;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages that take long, are long, or fail. */
@TestConfiguration(proxyBeanMethods = false)
@Controller
class LargePages {

	static final int PARAGRAPHS = 100_000;

	private final LargeResponses large;

	private volatile CountDownLatch begun = new CountDownLatch(1);

	volatile CountDownLatch ended = new CountDownLatch(1);

	LargePages(LargeResponses large) {
		this.large = large;
	}

	<T> T begin(Supplier<T> request) throws InterruptedException {
		this.begun = new CountDownLatch(1);
		this.ended = new CountDownLatch(1);
		T asked = request.get();
		assertThat(this.begun.await(10, TimeUnit.SECONDS)).isTrue();
		return asked;
	}

	void end() {
		this.ended.countDown();
	}

	@GetMapping("/slow")
	View slow() throws InterruptedException {
		this.large.acquire();
		CountDownLatch end = this.ended;
		this.begun.countDown();
		end.await(20, TimeUnit.SECONDS);
		return rendering(1, false);
	}

	@GetMapping("/endless")
	View endless() {
		this.large.acquire();
		this.begun.countDown();
		return rendering(30 * PARAGRAPHS, false);
	}

	@GetMapping("/large")
	View large() {
		return rendering(PARAGRAPHS, false);
	}

	@GetMapping("/broken")
	View broken() {
		return rendering(PARAGRAPHS, true);
	}

	private static View rendering(int paragraphs, boolean failing) {
		return (model, request, response) -> {
			response.setContentType("text/html;charset=utf-8");
			var output = new BufferedTemplateOutput(response::getOutputStream);
			for (int i = 0; i < paragraphs; i++) {
				output.writeContent("<p>é</p>");
			}
			if (failing) {
				throw new IllegalStateException("A template that fails in the end");
			}
			output.sendTo(response.getOutputStream());
		};
	}

}
