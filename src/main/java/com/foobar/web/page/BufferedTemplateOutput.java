package com.foobar.web.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

import gg.jte.TemplateOutput;
import org.jspecify.annotations.Nullable;
import org.springframework.util.DigestUtils;

/**
 * Collects the output of a template, in UTF-8. It buffers a small output, so that an
 * error page or a 304 can still replace it. It sends a larger output while the template
 * writes it, so that no response takes more memory than the buffer. Not thread-safe.
 * Throws {@link UncheckedIOException} if sending fails.
 */
public final class BufferedTemplateOutput implements TemplateOutput {

	/** Size of the buffer, in bytes. Nearly all pages and most feeds are smaller. */
	static final int BUFFER_SIZE = 512 * 1024;

	private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(16 * 1024);

	private final AtomicReference<@Nullable OutputStream> opened = new AtomicReference<>();

	private final Recipient recipient;

	public BufferedTemplateOutput(Recipient recipient) {
		this.recipient = recipient;
	}

	@Override
	public void writeContent(String text) {
		write(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void writeContent(String text, int begin, int end) {
		writeContent(text.substring(begin, end));
	}

	@Override
	public void writeBinaryContent(byte[] content) {
		write(content);
	}

	private void write(byte[] content) {
		try {
			if (this.opened.get() == null && this.buffer.size() + content.length > BUFFER_SIZE) {
				startSending();
			}
			OutputStream stream = this.opened.get();
			if (stream != null) {
				stream.write(content);
			}
			else {
				this.buffer.writeBytes(content);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void startSending() throws IOException {
		OutputStream stream = this.recipient.open();
		this.buffer.writeTo(stream);
		this.buffer.reset();
		this.opened.set(stream);
	}

	/** Whether the buffer holds all of the output, and none is sent. */
	boolean isBuffered() {
		return this.opened.get() == null;
	}

	/** Returns the number of bytes in the buffer. */
	int size() {
		return this.buffer.size();
	}

	/** Sends the content of the buffer. */
	public void sendTo(OutputStream stream) throws IOException {
		this.buffer.writeTo(stream);
	}

	/**
	 * Returns a weak ETag of the buffer, which stays valid when a proxy compresses the
	 * response.
	 */
	String etag() {
		return "W/\"%s\"".formatted(DigestUtils.md5DigestAsHex(this.buffer.toByteArray()));
	}

	/** Opens the stream for an output that is larger than the buffer. */
	public interface Recipient {

		OutputStream open() throws IOException;

	}

}
