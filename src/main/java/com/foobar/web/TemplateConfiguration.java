package com.foobar.web;

import java.util.Map;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/**
 * Renders the templates of src/main/jte, which the build compiled to classes, by the
 * names that controllers return.
 */
@Configuration(proxyBeanMethods = false)
class TemplateConfiguration {

	@Bean
	ViewResolver templates() {
		TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
		return (name, locale) -> engine.hasTemplate(name + ".jte") ? new Template(engine, name + ".jte") : null;
	}

	private record Template(TemplateEngine engine, String name) implements View {

		@Override
		public String getContentType() {
			return "text/html;charset=utf-8";
		}

		// Rendered whole before the first byte is sent: a template that fails still
		// leaves room for an error page.
		@Override
		@SuppressWarnings("unchecked")
		public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
				throws Exception {
			var output = new Utf8ByteOutput();
			this.engine.render(this.name, (model != null) ? (Map<String, Object>) model : Map.of(), output);
			response.setContentType(getContentType());
			response.setContentLength(output.getContentLength());
			output.writeTo(response.getOutputStream());
		}

	}

}
