package com.foobar.web.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A request in which the same thing is said in one way, however its sender said it:
 * {@link LineEnds lines end} alike, an empty parameter of a read is absent, and there is
 * no {@code Accept} header, for every address has one representation. Parameters that
 * cannot be read are refused each time somebody asks for one.
 */
class NormalizedRequest extends HttpServletRequestWrapper {

	private static final String MALFORMED = NormalizedRequest.class.getName() + ".malformed";

	NormalizedRequest(HttpServletRequest request) {
		super(request);
	}

	@Override
	public @Nullable String getHeader(String name) {
		return isIgnored(name) ? null : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return isIgnored(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		return Collections
			.enumeration(Collections.list(super.getHeaderNames()).stream().filter((name) -> !isIgnored(name)).toList());
	}

	// Spring looks at it after the handler has run: a client that accepts something else
	// would be told 406 although its article is there.
	private static boolean isIgnored(String header) {
		return header.equalsIgnoreCase(HttpHeaders.ACCEPT);
	}

	@Override
	public @Nullable String getParameter(String name) {
		String[] values = getParameterValues(name);
		return (values != null) ? values[0] : null;
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		String[] sent = read(() -> super.getParameterValues(name));
		String[] values = (sent != null) ? normalized(name, sent) : new String[0];
		return (values.length > 0) ? values : null;
	}

	// Tomcat refuses parameters once, and afterwards answers those that it could read: a
	// handler would be given half a form. An error page may have them.
	private <T> T read(Supplier<T> parameters) {
		if (getDispatcherType() != DispatcherType.ERROR
				&& getAttribute(MALFORMED) instanceof InvalidParameterException malformed) {
			throw malformed;
		}
		try {
			return parameters.get();
		}
		catch (InvalidParameterException ex) {
			setAttribute(MALFORMED, ex);
			throw ex;
		}
	}

	// What is empty in a form was emptied.
	private String[] normalized(String name, String[] values) {
		boolean reads = getMethod().equals("GET") || getMethod().equals("HEAD");
		return Arrays.stream(values)
			.filter((value) -> !reads || !value.isEmpty())
			.map((value) -> LineEnds.unify(name, value))
			.toArray(String[]::new);
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		Map<String, String[]> parameters = new LinkedHashMap<>();
		read(super::getParameterMap).keySet().forEach((name) -> {
			String[] values = getParameterValues(name);
			if (values != null) {
				parameters.put(name, values);
			}
		});
		return Collections.unmodifiableMap(parameters);
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.enumeration(getParameterMap().keySet());
	}

}
