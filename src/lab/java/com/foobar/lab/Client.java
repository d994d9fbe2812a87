package com.foobar.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs curl in the lab, where the site's names lead to the address that a balancer holds.
 */
final class Client {

	static final String SITE = "https://www.foobar.test";

	private Client() {
	}

	/**
	 * Runs curl with the given further arguments on the control server, and returns the
	 * response. It trusts the lab's certificate authority.
	 */
	static Response curl(String... arguments) {
		return curlOn("control",
				Stream.concat(Stream.of("--cacert", Lab.CA_CERTIFICATE), Stream.of(arguments)).toArray(String[]::new));
	}

	/**
	 * Runs curl with the given further arguments on the given server, and returns the
	 * response.
	 * @throws IllegalStateException if curl fails, for example without a response within
	 * 40 seconds
	 */
	static Response curlOn(String host, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of("curl", "--silent", "--show-error", "--include", "--max-time", "40"));
		for (String name : List.of("www.foobar.test", "foobar.test", "other.test", "localhost")) {
			command
				.addAll(List.of("--resolve", name + ":443:" + Lab.ADDRESS, "--resolve", name + ":80:" + Lab.ADDRESS));
		}
		command.addAll(Arrays.asList(arguments));
		return Response.parse(Lab.on(host, command.toArray(String[]::new)));
	}

	static Response get(String path) {
		return curl(SITE + path);
	}

	/**
	 * A response. Immutable.
	 *
	 * @param head the status line and the header fields, one line each
	 */
	record Response(List<String> head, String body) {

		private static Response parse(String text) {
			String[] parts = text.replace("\r\n", "\n").split("\n\n", 2);
			return new Response(parts[0].lines().toList(), (parts.length == 2) ? parts[1] : "");
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
