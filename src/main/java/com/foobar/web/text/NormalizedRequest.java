package com.foobar.web.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import com.foobar.web.SafeRequests;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A request with normalized {@link LineEnds line ends}, without empty parameters if its
 * method is safe, and without the {@code Accept} header, because every address has one
 * representation. Each access to malformed parameters throws
 * {@link InvalidParameterException}. Not thread-safe.
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

	// Spring checks Accept after the handler has run. A client that accepts only another
	// type would get 406 although its article was saved.
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

	// Tomcat throws only once, and then returns the parameters that it could read: a
	// handler would get half of a form. An error page may read them.
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

	// Keeps the empty parameters of a form, because a user may clear a field.
	private String[] normalized(String name, String[] values) {
		boolean keepsEmpty = !SafeRequests.hasSafeMethod(this);
		return Arrays.stream(values)
			.filter((value) -> keepsEmpty || !value.isEmpty())
			.map((value) -> LineEnds.normalize(name, value))
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
