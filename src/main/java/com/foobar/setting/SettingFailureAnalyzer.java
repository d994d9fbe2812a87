package com.foobar.setting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Makes Spring Boot print an invalid setting as two sentences, without stack trace. */
class SettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> implements Ordered {

	@Override
	protected FailureAnalysis analyze(Throwable failure, InvalidSettingException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
	}

	// Runs before Spring Boot's own analyzers, which would print how the setting was
	// bound.
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
