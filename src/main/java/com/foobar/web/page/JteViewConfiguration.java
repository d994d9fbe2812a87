package com.foobar.web.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.ViewResolver;

/**
 * Resolves the names that controllers return to the templates of src/main/jte, which the
 * build compiles to classes.
 */
@Configuration(proxyBeanMethods = false)
class JteViewConfiguration {

	@Bean
	ViewResolver templates(PageCachePolicy cachePolicy) {
		TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
		return (name, locale) -> engine.hasTemplate(name + ".jte") ? new JteView(engine, name, cachePolicy) : null;
	}

}
