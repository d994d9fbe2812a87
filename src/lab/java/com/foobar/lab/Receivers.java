package com.foobar.lab;

/**
 * The notifications of the lab's Alertmanager: the files of deploy/tests/receivers.
 */
enum Receivers {

	MAIL("mail"), WEBHOOK("webhook"), DEAD_MANS_SWITCH("dead-mans-switch");

	private final String directory;

	Receivers(String directory) {
		this.directory = "/run/receivers/" + directory;
	}

	/** Returns how many messages have arrived so far. */
	int count() {
		return Integer.parseInt(inShell("ls | wc -l", 0));
	}

	/** Returns the text of all messages after the given number of them. */
	String after(int count) {
		return inShell("""
				ls | while read -r file; do
				    if test "${file%.*}" -gt "$1"; then cat "$file"; echo; fi
				done
				""", count);
	}

	/**
	 * Returns how many seconds ago the last message arrived.
	 * @throws IllegalStateException if none has
	 */
	long secondsSinceLast() {
		return Long.parseLong(inShell("echo $(($(date +%s) - $(stat --format %Y \"$(ls -t | head -n 1)\")))", 0));
	}

	private String inShell(String script, int argument) {
		return Lab.on("receivers", "sh", "-c", "mkdir -p \"$0\" && cd \"$0\" && " + script, this.directory,
				String.valueOf(argument));
	}

}
