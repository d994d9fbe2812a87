package com.foobar.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One browser for all tests: the machine's own Chromium or, where Debian's is not to be
 * expected, the one that Playwright brings. It closes with the last test.
 */
final class Chromium implements BeforeAllCallback {

	private static final String SETTING = "FOOBAR_TEST_BROWSER";

	private static final String DEBIAN = "/usr/bin/chromium";

	private Running running;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.running = context.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(Running.class, (key) -> Running.start(), Running.class);
	}

	Browser browser() {
		return this.running.browser();
	}

	Playwright playwright() {
		return this.running.playwright();
	}

	record Running(Playwright playwright, Browser browser) implements AutoCloseable {

		static Running start() {
			Optional<Path> installed = installed();
			var nothingToFetch = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
			var playwright = Playwright
				.create(new Playwright.CreateOptions().setEnv(installed.isPresent() ? nothingToFetch : Map.of()));
			var options = new BrowserType.LaunchOptions().setArgs(List.of("--disable-background-networking"))
				// Chromium's own sandbox refuses to run as root, which containers often
				// are.
				.setChromiumSandbox(!"root".equals(System.getProperty("user.name")));
			installed.ifPresent(options::setExecutablePath);
			return new Running(playwright, playwright.chromium().launch(options));
		}

		private static Optional<Path> installed() {
			String named = System.getenv(SETTING);
			Path path = Path.of((named != null) ? named : DEBIAN);
			if (Files.isExecutable(path)) {
				return Optional.of(path);
			}
			if (named == null && !System.getProperty("os.name").equals("Linux")) {
				return Optional.empty();
			}
			throw new IllegalStateException(("There is no browser at [%s]: install Debian's package chromium, "
					+ "or name the Chromium or Chrome to use in %s")
				.formatted(path, SETTING));
		}

		@Override
		public void close() {
			this.playwright.close();
		}

	}

}
