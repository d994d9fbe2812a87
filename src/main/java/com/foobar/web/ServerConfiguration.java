package com.foobar.web;

import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

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

}
