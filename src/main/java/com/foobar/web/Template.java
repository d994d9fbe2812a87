package com.foobar.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.util.DigestUtils;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.View;

/**
 * A page, or a document for machines, rendered whole before the first byte is sent: a
 * template that fails still leaves room for an error page.
 */
record Template(TemplateEngine engine, String name, SharedPages shared) implements View {

	private static final Map<String, String> DOCUMENTS = Map.of("feed", "application/atom+xml;charset=utf-8", "sitemap",
			"application/xml;charset=utf-8", "sitemaps", "application/xml;charset=utf-8", "opensearch",
			"application/opensearchdescription+xml;charset=utf-8");

	// Authors may write them, XML has no way to.
	private static final Pattern NOT_IN_XML = Pattern
		.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

	@Override
	public String getContentType() {
		return DOCUMENTS.getOrDefault(this.name, "text/html;charset=utf-8");
	}

	@Override
	@SuppressWarnings("unchecked")
	public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		byte[] page = rendered((model != null) ? (Map<String, Object>) model : Map.of());
		response.setContentType(getContentType());
		if (this.shared.mark(request, response) && isKnown(page, request, response)) {
			return;
		}
		response.setContentLength(page.length);
		response.getOutputStream().write(page);
	}

	private byte[] rendered(Map<String, Object> model) {
		if (!DOCUMENTS.containsKey(this.name)) {
			var page = new Utf8ByteOutput();
			this.engine.render(this.name + ".jte", model, page);
			return page.toByteArray();
		}
		var document = new StringOutput();
		this.engine.render(this.name + ".jte", model, document);
		return NOT_IN_XML.matcher(document.toString()).replaceAll("").getBytes(StandardCharsets.UTF_8);
	}

	// Whether the client has it already. Then it was told so.
	private static boolean isKnown(byte[] page, HttpServletRequest request, HttpServletResponse response) {
		// Weak: the same text, however a proxy compresses it.
		return new ServletWebRequest(request, response)
			.checkNotModified("W/\"%s\"".formatted(DigestUtils.md5DigestAsHex(page)));
	}

}
