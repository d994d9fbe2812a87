package com.foobar.web;

import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Registers the filters and the valve that run before Spring Security, and what measures
 * requests.
 */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	/** Registers the filter before all others that read the deadline. */
	@Bean
	DelegatingFilterProxyRegistrationBean requestDeadline() {
		var filter = new DelegatingFilterProxyRegistrationBean("requestDeadlineFilter");
		filter.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 2);
		return filter;
	}

	/**
	 * Registers the filter before Spring Security, which queries the database to
	 * authenticate users. By name, because the web server starts before the settings that
	 * the filter needs are checked.
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

	/**
	 * Removes the label with the class of the exception, which Micrometer adds to every
	 * observation. It would multiply the series of requests, and the outcome says enough.
	 */
	@Bean
	MeterFilter withoutErrorLabel() {
		return MeterFilter.ignoreTags("error");
	}

}
