package com.foobar.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Somebody with curl beside the lab, who knows the site by its name. */
final class Client {

	static final String SITE = "https://www.foobar.test";

	private Client() {
	}

	/** What curl is answered, told to it in its own words. */
	static Answer curl(String... arguments) {
		return curlOn("control",
				Stream.concat(Stream.of("--cacert", "/root/secrets/authority.pem"), Stream.of(arguments))
					.toArray(String[]::new));
	}

	static Answer curlOn(String host, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of("curl", "--silent", "--show-error", "--include", "--max-time", "40"));
		for (String name : List.of("www.foobar.test", "foobar.test", "other.test", "localhost")) {
			command
				.addAll(List.of("--resolve", name + ":443:" + Lab.ADDRESS, "--resolve", name + ":80:" + Lab.ADDRESS));
		}
		command.addAll(Arrays.asList(arguments));
		return Answer.parse(Lab.on(host, command.toArray(String[]::new)));
	}

	static Answer get(String path) {
		return curl(SITE + path);
	}

	/**
	 * What came back.
	 *
	 * @param head the first line, and the header, a line each
	 */
	record Answer(List<String> head, String body) {

		private static Answer parse(String text) {
			String[] parts = text.replace("\r\n", "\n").split("\n\n", 2);
			return new Answer(parts[0].lines().toList(), (parts.length == 2) ? parts[1] : "");
		}

		int status() {
			return Integer.parseInt(this.head.getFirst().split(" ")[1]);
		}

		Optional<String> header(String name) {
			String start = name.toLowerCase(Locale.ROOT) + ":";
			return this.head.stream()
				.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(start))
				.map((line) -> line.substring(start.length()).strip())
				.findFirst();
		}

	}

}
