package com.foobar;

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
 * Starts one browser for all tests, and closes it after the last test. The variable
 * FOOBAR_TEST_BROWSER names the browser's file. Without the variable, this class uses the
 * installed Chromium on Linux, and the browser that Playwright downloads on other
 * systems.
 */
public final class Chromium implements BeforeAllCallback {

	private static final String BROWSER_VARIABLE = "FOOBAR_TEST_BROWSER";

	private static final String DEFAULT_PATH = "/usr/bin/chromium";

	private Running running;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.running = context.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(Running.class, (key) -> Running.start(), Running.class);
	}

	public Browser browser() {
		return this.running.browser();
	}

	public Playwright playwright() {
		return this.running.playwright();
	}

	record Running(Playwright playwright, Browser browser) implements AutoCloseable {

		static Running start() {
			Optional<Path> installed = findInstalled();
			var skipDownload = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
			var playwright = Playwright
				.create(new Playwright.CreateOptions().setEnv(installed.isPresent() ? skipDownload : Map.of()));
			var options = new BrowserType.LaunchOptions().setArgs(List.of("--disable-background-networking"))
				// Chromium's sandbox does not run as root, the usual user in containers.
				.setChromiumSandbox(!"root".equals(System.getProperty("user.name")));
			installed.ifPresent(options::setExecutablePath);
			return new Running(playwright, playwright.chromium().launch(options));
		}

		private static Optional<Path> findInstalled() {
			String configured = System.getenv(BROWSER_VARIABLE);
			Path path = Path.of((configured != null) ? configured : DEFAULT_PATH);
			if (Files.isExecutable(path)) {
				return Optional.of(path);
			}
			if (configured == null && !System.getProperty("os.name").equals("Linux")) {
				return Optional.empty();
			}
			throw new IllegalStateException(("There is no browser at [%s]: install Debian's package chromium, "
					+ "or set %s to the path of Chromium or Chrome")
				.formatted(path, BROWSER_VARIABLE));
		}

		@Override
		public void close() {
			this.playwright.close();
		}

	}

}
