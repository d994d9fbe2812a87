package com.foobar.web;

import com.foobar.database.Causality;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Looks up again, before anything is changed, who asks for that, if there was no primary
 * at the first look-up to tell what was acknowledged. A replica that is behind may
 * believe a token that has ended; what would be written with it waits for the next
 * primary, which knows better.
 */
@Component
class SignInRecheck implements HandlerInterceptor, WebMvcConfigurer {

	private final TokenAuthenticator authenticator;

	SignInRecheck(TokenAuthenticator authenticator) {
		this.authenticator = authenticator;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		// Signing out of this browser writes nothing.
		registry.addInterceptor(this).excludePathPatterns("/logout").order(0);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		// What is said on an error page needs no proof, nor could that fail once more.
		if (request.getDispatcherType() == DispatcherType.REQUEST
				&& request.getAttribute(ConsistencyFilter.WRITE) instanceof Causality write && write.isDegraded()
				&& request.getUserPrincipal() instanceof Authentication asking
				&& asking.getCredentials() instanceof PresentedToken token) {
			this.authenticator.recheck(token);
		}
		return true;
	}

}
