package com.foobar.web.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.ViewResolver;

/**
 * Renders the templates of src/main/jte, which the build compiled to classes, by the
 * names that controllers return.
 */
@Configuration(proxyBeanMethods = false)
class JteViewConfiguration {

	@Bean
	ViewResolver templates(PageCachePolicy shared) {
		TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
		return (name, locale) -> engine.hasTemplate(name + ".jte") ? new JteView(engine, name, shared) : null;
	}

}
