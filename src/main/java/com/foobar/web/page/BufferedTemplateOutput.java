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
 * What a template writes, in UTF-8. It is kept while it is small, so that it can still be
 * replaced by an error page, or by the news that its reader has it already. Once it is
 * larger it is sent as it is written, so that no answer takes more memory than that.
 */
public final class BufferedTemplateOutput implements TemplateOutput {

	/** In bytes. Nearly all pages, and most feeds, have less. */
	static final int KEPT = 512 * 1024;

	private final ByteArrayOutputStream kept = new ByteArrayOutputStream(16 * 1024);

	private final AtomicReference<@Nullable OutputStream> sent = new AtomicReference<>();

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
			if (this.sent.get() == null && this.kept.size() + content.length > KEPT) {
				send();
			}
			OutputStream recipient = this.sent.get();
			if (recipient != null) {
				recipient.write(content);
			}
			else {
				this.kept.writeBytes(content);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void send() throws IOException {
		OutputStream recipient = this.recipient.open();
		this.kept.writeTo(recipient);
		this.kept.reset();
		this.sent.set(recipient);
	}

	/** Whether all of it is kept, and none of it sent. */
	boolean isKept() {
		return this.sent.get() == null;
	}

	int size() {
		return this.kept.size();
	}

	/** Sends all that is kept. */
	public void sendTo(OutputStream recipient) throws IOException {
		this.kept.writeTo(recipient);
	}

	/**
	 * Names what was written, in an ETag: the same text, however a proxy compresses it.
	 */
	String etag() {
		return "W/\"%s\"".formatted(DigestUtils.md5DigestAsHex(this.kept.toByteArray()));
	}

	/** Who is sent what is too large to be kept. */
	public interface Recipient {

		OutputStream open() throws IOException;

	}

}
