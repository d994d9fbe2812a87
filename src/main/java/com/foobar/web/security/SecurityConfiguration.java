package com.foobar.web.security;

import java.util.Set;

import com.foobar.web.SafeRequests;
import com.foobar.web.SecurityHeaders;
import com.foobar.web.SiteProperties;
import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.ExceptionHandlerFilter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Configures authentication and access to the API and to the pages. The API reads tokens
 * only from the Authorization header, and pages read them only from a cookie, so a page
 * of another site cannot make a visitor's browser use the API in the visitor's name.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	// Addresses that accept a POST without a token.
	private static final Set<String> SIGN_IN_PATHS = Set.of("/api/users", "/api/users/login");

	private static final ErrorDetails FORM_EXPIRED = ErrorDetails.of(HttpStatus.FORBIDDEN, "form",
			"is too old to be sent; go back, copy what you wrote, and load its page again");

	@Bean
	@Order(1)
	SecurityFilterChain api(HttpSecurity http, TokenAuthenticator authenticator, ApiProperties properties,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver exceptionResolver) {
		AuthenticationEntryPoint tokenMissing = (request, response,
				ex) -> ErrorDetails.of(HttpStatus.UNAUTHORIZED, "token", "is missing").send(request, response);
		return stateless(http, exceptionResolver).securityMatcher("/api/**")
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(HttpMethod.POST, SIGN_IN_PATHS.toArray(String[]::new))
						.permitAll()
						.requestMatchers(HttpMethod.OPTIONS, "/api/**")
						.permitAll()
						.requestMatchers("/api/user", "/api/articles/feed")
						.authenticated()
						.requestMatchers(SafeRequests::hasSafeMethod)
						.permitAll()
						.anyRequest()
						.authenticated())
			.csrf(AbstractHttpConfigurer::disable)
			.cors((cors) -> cors.configurationSource(new ApiCorsConfigurationSource(properties)))
			.oauth2ResourceServer((tokens) -> tokens.bearerTokenResolver(SecurityConfiguration::tokenInHeader)
				.authenticationManagerResolver((request) -> authenticator)
				.authenticationEntryPoint(tokenMissing))
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain pages(HttpSecurity http, TokenAuthenticator authenticator, SignInCookie cookie,
			SiteProperties site, TokenProperties tokens,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver exceptionResolver) {
		var crossOrigin = new CrossOriginFilter(site);
		return stateless(http, exceptionResolver).addFilterBefore(crossOrigin, CsrfFilter.class)
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/editor/**", "/settings")
				.authenticated()
				.requestMatchers(HttpMethod.POST, "/article/**", "/profile/**", "/logout/everywhere")
				.authenticated()
				.anyRequest()
				.permitAll())
			.csrf((csrf) -> csrf.csrfTokenRepository(new CsrfCookieRepository(site, tokens))
				.requireCsrfProtectionMatcher(crossOrigin::needsToken)
				// Spring Security takes every request without a session for a sign-in and
				// would change the CSRF token. Then forms in other tabs, and repeated
				// forms, would be refused.
				.sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()))
			.addFilterBefore(new SignInCookieFilter(cookie, authenticator), AnonymousAuthenticationFilter.class)
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint((request, response, ex) -> response.sendRedirect("/login"))
				.accessDeniedHandler((request, response, ex) -> FORM_EXPIRED.send(request, response)))
			.build();
	}

	/**
	 * Turns off the metrics of Spring Security, which has several series for each filter
	 * and would measure each filter in each request.
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	private static HttpSecurity stateless(HttpSecurity http, HandlerExceptionResolver exceptionResolver) {
		return http.addFilterBefore(new ExceptionHandlerFilter(exceptionResolver), HeaderWriterFilter.class)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache((cache) -> cache.disable())
			.logout(AbstractHttpConfigurer::disable)
			.headers((headers) -> headers
				.contentSecurityPolicy((csp) -> csp.policyDirectives(SecurityHeaders.CONTENT_SECURITY_POLICY))
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN))
				.permissionsPolicyHeader(
						(permissions) -> permissions.policy("camera=(), geolocation=(), microphone=()"))
				// The balancer sends this header; it knows whether visitors use https.
				.httpStrictTransportSecurity((hsts) -> hsts.disable()));
	}

	// Clients of this API use the scheme Token, others use Bearer. A sign-in ignores the
	// header, because a client may still send a token that has ended.
	private static @Nullable String tokenInHeader(HttpServletRequest request) {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		boolean signIn = request.getMethod().equals("POST") && SIGN_IN_PATHS.contains(request.getRequestURI());
		if (header == null || signIn) {
			return null;
		}
		String[] parts = header.strip().split("\\s+", 2);
		boolean knownScheme = parts[0].equalsIgnoreCase("Token") || parts[0].equalsIgnoreCase("Bearer");
		return (knownScheme && parts.length == 2) ? parts[1] : null;
	}

}
