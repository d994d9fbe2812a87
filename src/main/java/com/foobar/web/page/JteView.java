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
 * A page, or a document for machines. A small one is rendered whole before the first byte
 * is sent: a template that fails still leaves room for an error page. A large one is sent
 * while it is rendered, without an ETag; where its template fails the connection is cut,
 * so that nobody takes what they have for all of it.
 */
record JteView(TemplateEngine engine, String name, PageCachePolicy shared) implements View {

	private static final Map<String, String> DOCUMENTS = Map.of("feed", "application/atom+xml;charset=utf-8", "sitemap",
			"application/xml;charset=utf-8", "sitemaps", "application/xml;charset=utf-8", "opensearch",
			"application/opensearchdescription+xml;charset=utf-8");

	@Override
	public String getContentType() {
		return DOCUMENTS.getOrDefault(this.name, "text/html;charset=utf-8");
	}

	@Override
	@SuppressWarnings("unchecked")
	public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		var output = new BufferedTemplateOutput(() -> {
			response.setContentType(getContentType());
			this.shared.mark(request, response);
			return response.getOutputStream();
		});
		render((model != null) ? (Map<String, Object>) model : Map.of(), output);
		if (output.isKept()) {
			send(output, request, response);
		}
	}

	private void render(Map<String, Object> model, BufferedTemplateOutput output) throws IOException {
		TemplateOutput document = DOCUMENTS.containsKey(this.name) ? new XmlTemplateOutput(output) : output;
		try {
			this.engine.render(this.name + ".jte", model, document);
		}
		catch (TemplateException ex) {
			// The reader is gone, and the template is not to blame.
			if (ex.getCause() instanceof UncheckedIOException gone) {
				throw gone.getCause();
			}
			throw ex;
		}
	}

	private void send(BufferedTemplateOutput output, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		response.setContentType(getContentType());
		if (this.shared.mark(request, response) && isKnown(output.etag(), request, response)) {
			return;
		}
		response.setContentLength(output.size());
		output.sendTo(response.getOutputStream());
	}

	// Whether the client has it already. Then it was told so.
	private static boolean isKnown(String etag, HttpServletRequest request, HttpServletResponse response) {
		return new ServletWebRequest(request, response).checkNotModified(etag);
	}

}
