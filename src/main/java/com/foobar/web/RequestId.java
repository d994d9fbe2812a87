package com.foobar.web;

import java.io.IOException;
import java.util.regex.Pattern;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.MDC;

/**
 * Adds the balancer's request id to all log messages of the request, so that the request
 * can be found in every log. This is a valve of Tomcat's engine and not a filter, because
 * Tomcat logs uncaught exceptions outside of the filters. Safe for use by several
 * threads.
 */
class RequestId extends ValveBase {

	/** Key of the id in the MDC, and its name in the logs of the balancer and nginx. */
	static final String KEY = "id";

	private static final String HEADER = "X-Request-Id";

	// Without a balancer, the id comes from the client and may be anything.
	private static final Pattern VALID_ID = Pattern.compile("[\\w-]{1,64}");

	RequestId() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		String id = request.getHeader(HEADER);
		if (id == null || !VALID_ID.matcher(id).matches()) {
			getNext().invoke(request, response);
			return;
		}
		try (var entry = MDC.putCloseable(KEY, id)) {
			getNext().invoke(request, response);
		}
	}

}
