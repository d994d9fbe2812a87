package com.foobar.site;

import java.io.IOException;

/** On the embedded database. */
class HostileRequestsTests extends HostileRequests {

	HostileRequestsTests() throws IOException {
	}

}
