package com.foobar.web.security;

import java.util.Set;

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
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Who may ask for what. The API reads tokens from the Authorization header alone and
 * pages read them from a cookie alone, so no page on another site can make a visitor's
 * browser use the API for them.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	// What one may POST without a token.
	private static final Set<String> SIGNING_IN = Set.of("/api/users", "/api/users/login");

	private static final ErrorDetails FORM_EXPIRED = ErrorDetails.of(HttpStatus.FORBIDDEN, "form",
			"is too old to be sent; go back, copy what you wrote, and load its page again");

	@Bean
	@Order(1)
	SecurityFilterChain api(HttpSecurity http, TokenAuthenticator authenticator, ApiProperties properties,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver advice) {
		AuthenticationEntryPoint tokenMissing = (request, response,
				ex) -> ErrorDetails.of(HttpStatus.UNAUTHORIZED, "token", "is missing").send(request, response);
		return stateless(http, advice).securityMatcher("/api/**")
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(HttpMethod.POST, SIGNING_IN.toArray(String[]::new))
						.permitAll()
						.requestMatchers(HttpMethod.OPTIONS, "/api/**")
						.permitAll()
						.requestMatchers("/api/user", "/api/articles/feed")
						.authenticated()
						.requestMatchers(HttpMethod.GET, "/api/**")
						.permitAll()
						.requestMatchers(HttpMethod.HEAD, "/api/**")
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
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver advice) {
		var crossOrigin = new CrossOriginFilter(site);
		return stateless(http, advice).addFilterBefore(crossOrigin, CsrfFilter.class)
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/editor/**", "/settings")
				.authenticated()
				.requestMatchers(HttpMethod.POST, "/article/**", "/profile/**", "/logout/everywhere")
				.authenticated()
				.anyRequest()
				.permitAll())
			.csrf((csrf) -> csrf.csrfTokenRepository(new CsrfCookieRepository(site, tokens))
				.requireCsrfProtectionMatcher(crossOrigin::needsToken)
				// Without a session every request looks like a sign-in, after which the
				// token would be changed: forms in other tabs, or sent again, would be
				// refused.
				.sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()))
			.addFilterBefore(new SignInCookieFilter(cookie, authenticator), AnonymousAuthenticationFilter.class)
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint((request, response, ex) -> response.sendRedirect("/login"))
				.accessDeniedHandler((request, response, ex) -> FORM_EXPIRED.send(request, response)))
			.build();
	}

	private static HttpSecurity stateless(HttpSecurity http, HandlerExceptionResolver advice) {
		return http.addFilterBefore(new ExceptionHandlerFilter(advice), HeaderWriterFilter.class)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache((cache) -> cache.disable())
			.logout(AbstractHttpConfigurer::disable)
			.headers((headers) -> headers
				.contentSecurityPolicy((csp) -> csp.policyDirectives(SecurityHeaders.CONTENT_SECURITY_POLICY))
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN))
				.permissionsPolicyHeader(
						(permissions) -> permissions.policy("camera=(), geolocation=(), microphone=()"))
				// Said by the balancer, which knows whether the visitor came over https.
				.httpStrictTransportSecurity((hsts) -> hsts.disable()));
	}

	// Clients of this API say Token, others say Bearer. Who signs in may well carry one
	// that is no longer good.
	private static @Nullable String tokenInHeader(HttpServletRequest request) {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		boolean signingIn = request.getMethod().equals("POST") && SIGNING_IN.contains(request.getRequestURI());
		if (header == null || signingIn) {
			return null;
		}
		String[] parts = header.strip().split("\\s+", 2);
		boolean ours = parts[0].equalsIgnoreCase("Token") || parts[0].equalsIgnoreCase("Bearer");
		return (ours && parts.length == 2) ? parts[1] : null;
	}

}
