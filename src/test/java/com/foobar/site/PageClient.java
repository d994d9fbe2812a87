package com.foobar.site;

import java.io.IOException;
import java.util.Map;

import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** A client that opens pages and submits forms, as a browser without JavaScript does. */
final class PageClient {

	private final Connection session = Jsoup.newSession().ignoreHttpErrors(true).followRedirects(true);

	private final String site;

	PageClient(int port) {
		this.site = "http://localhost:" + port;
	}

	/** Registers a user, and returns their client. */
	static PageClient register(int port, String name) throws IOException {
		PageClient client = new PageClient(port);
		client.press(client.open("/register"), "Sign up",
				Map.of("username", name, "email", name + "@example.com", "password", "password1"));
		return client;
	}

	Document open(String path) throws IOException {
		return request(path).get();
	}

	Connection request(String path) {
		return this.session.newRequest(this.site + path);
	}

	/**
	 * Fills in the form of the first button with the given text, and submits the form.
	 * @param fields the values of the form's fields, by name
	 */
	Document press(Document page, String button, Map<String, String> fields) throws IOException {
		Element pressed = page.expectFirst("main button:contains(%s)".formatted(button));
		FormElement form = (FormElement) pressed.closest("form");
		fields.forEach((name, value) -> form.expectFirst("[name=" + name + "]").val(value));
		Connection request = form.submit();
		if (pressed.hasAttr("name")) {
			request.data(pressed.attr("name"), pressed.val());
		}
		return request.execute().parse();
	}

	Document press(Document page, String button) throws IOException {
		return press(page, button, Map.of());
	}

}
