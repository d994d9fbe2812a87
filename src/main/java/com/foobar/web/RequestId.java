package com.foobar.web;

import java.io.IOException;
import java.util.regex.Pattern;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.MDC;

/**
 * Writes the id that the balancer gave a request beside everything that is logged while
 * it is served, so that it can be followed through every log. Around the whole of Tomcat,
 * not a filter: what no filter caught is logged outside of them.
 */
class RequestId extends ValveBase {

	/** What it is called in the balancer's and in nginx's log, too. */
	static final String KEY = "id";

	private static final String HEADER = "X-Request-Id";

	// Where there is no balancer, anybody may have written it.
	private static final Pattern PLAUSIBLE = Pattern.compile("[\\w-]{1,64}");

	RequestId() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		String id = request.getHeader(HEADER);
		if (id == null || !PLAUSIBLE.matcher(id).matches()) {
			getNext().invoke(request, response);
			return;
		}
		try (var beside = MDC.putCloseable(KEY, id)) {
			getNext().invoke(request, response);
		}
	}

}
