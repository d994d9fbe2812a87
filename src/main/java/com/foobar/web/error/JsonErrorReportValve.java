package com.foobar.web.error;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.foobar.web.SecurityHeaders;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that are too broken to reach the site, such as an address that is no
 * text: in the API's shape, for what sends them is a program. Tomcat makes it, so it is
 * public.
 */
public class JsonErrorReportValve extends ErrorReportValve {

	@Override
	protected void report(Request request, Response response, @Nullable Throwable throwable) {
		if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		try {
			String reason = (response.getStatus() < 500) ? "bad request" : "failed";
			SecurityHeaders.addTo(response);
			response.setContentType("application/json;charset=UTF-8");
			response.getOutputStream()
				.write("{\"errors\":{\"request\":[\"%s\"]}}".formatted(reason).getBytes(StandardCharsets.UTF_8));
			response.finishResponse();
		}
		catch (IOException ex) {
			// Who asked is gone.
			this.container.getLogger().debug("An error could not be reported", ex);
		}
	}

}
