package com.foobar.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.TemplateOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.View;

/**
 * Renders a page, or an XML document, with a jte template. A small page is rendered
 * completely before the first byte is sent, so that an error page can replace it if the
 * template fails. A large page is sent while it is rendered, without an ETag; if its
 * template fails, Tomcat closes the connection, so that the client notices that the page
 * is incomplete. Safe for use by several threads.
 */
record JteView(TemplateEngine engine, String name, PageCachePolicy cachePolicy) implements View {

	private static final Map<String, String> XML_TYPES = Map.of("feed", "application/atom+xml;charset=utf-8", "sitemap",
			"application/xml;charset=utf-8", "sitemaps", "application/xml;charset=utf-8", "opensearch",
			"application/opensearchdescription+xml;charset=utf-8");

	@Override
	public String getContentType() {
		return XML_TYPES.getOrDefault(this.name, "text/html;charset=utf-8");
	}

	@Override
	@SuppressWarnings("unchecked")
	public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		var output = new BufferedTemplateOutput(() -> {
			response.setContentType(getContentType());
			this.cachePolicy.markIfCacheable(request, response);
			return response.getOutputStream();
		});
		render((model != null) ? (Map<String, Object>) model : Map.of(), output);
		if (output.isBuffered()) {
			send(output, request, response);
		}
	}

	private void render(Map<String, Object> model, BufferedTemplateOutput output) throws IOException {
		TemplateOutput target = XML_TYPES.containsKey(this.name) ? new XmlTemplateOutput(output) : output;
		try {
			this.engine.render(this.name + ".jte", model, target);
		}
		catch (TemplateException ex) {
			// The client has closed the connection; the template has no error.
			if (ex.getCause() instanceof UncheckedIOException disconnected) {
				throw disconnected.getCause();
			}
			throw ex;
		}
	}

	private void send(BufferedTemplateOutput output, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		response.setContentType(getContentType());
		if (this.cachePolicy.markIfCacheable(request, response) && isNotModified(output.etag(), request, response)) {
			return;
		}
		response.setContentLength(output.size());
		output.sendTo(response.getOutputStream());
	}

	// Whether the client has this version in its cache. Then the response is now a 304.
	private static boolean isNotModified(String etag, HttpServletRequest request, HttpServletResponse response) {
		return new ServletWebRequest(request, response).checkNotModified(etag);
	}

}
