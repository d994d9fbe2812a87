package com.foobar.web.error;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.foobar.web.SecurityHeaders;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Writes the error of a request that is too malformed to reach the application, for
 * example because its address cannot be decoded. The format is the API's, because only
 * programs send such requests. The class is public because Tomcat creates it.
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
			// The client has closed the connection.
			this.container.getLogger().debug("An error could not be reported", ex);
		}
	}

}
