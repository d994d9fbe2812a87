package com.foobar.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class ServerConfiguration implements WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		// After those that say who may ask at all.
		registry.addInterceptor(new BodyTypeInterceptor()).order(1);
	}

	/** Around everything else, for it is the clock that all the others ask. */
	@Bean
	DelegatingFilterProxyRegistrationBean requestDeadline() {
		var filter = new DelegatingFilterProxyRegistrationBean("requestDeadlineFilter");
		filter.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 2);
		return filter;
	}

	/**
	 * Around everything that asks the database, so before anybody is recognised. By name,
	 * for the server starts before the settings that the filter needs have been checked.
	 */
	@Bean
	DelegatingFilterProxyRegistrationBean consistency() {
		var filter = new DelegatingFilterProxyRegistrationBean("consistencyFilter");
		filter.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
		return filter;
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestId() {
		return (factory) -> factory.addEngineValves(new RequestId());
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareErrors() {
		return (factory) -> factory.addContextCustomizers(
				(context) -> ((StandardHost) context.getParent()).setErrorReportValveClass(BareErrors.class.getName()));
	}

}
