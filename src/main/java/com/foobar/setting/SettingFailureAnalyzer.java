package com.foobar.setting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Prints two sentences instead of a stack trace. */
class SettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> implements Ordered {

	@Override
	protected FailureAnalysis analyze(Throwable failure, InvalidSettingException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
	}

	// Before Spring Boot's own, which would print the path by which the setting was read.
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
