package com.foobar.web.idempotency;

import java.lang.reflect.Method;
import java.util.stream.Stream;

import com.foobar.web.SafeHandler;
import com.foobar.web.SafeRequests;
import org.springframework.aop.support.DefaultBeanFactoryPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Applies {@link IdempotencyInterceptor} to the handlers that write. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class IdempotencyConfiguration {

	/**
	 * Applies {@link IdempotencyInterceptor} to every handler of an HTTP method that is
	 * not safe, such as POST, unless the handler is marked as {@link SafeHandler}.
	 */
	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultBeanFactoryPointcutAdvisor idempotentWrites() {
		var advisor = new DefaultBeanFactoryPointcutAdvisor();
		advisor.setPointcut(new WritingHandlers());
		// By name, because a bean that is created here would create the data source
		// before transactions can be applied to any bean.
		advisor.setAdviceBeanName("idempotencyInterceptor");
		return advisor;
	}

	private static final class WritingHandlers extends StaticMethodMatcherPointcut {

		@Override
		public boolean matches(Method method, Class<?> type) {
			var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
			return mapping != null
					&& Stream.of(mapping.method())
						.map(RequestMethod::asHttpMethod)
						.anyMatch((mapped) -> !SafeRequests.isSafeMethod(mapped))
					&& !AnnotatedElementUtils.hasAnnotation(method, SafeHandler.class)
					&& AnnotatedElementUtils.hasAnnotation(type, Controller.class);
		}

	}

}
