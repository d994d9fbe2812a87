package com.foobar.article;

/** Collects text up to a maximum length. Not thread-safe. */
final class BoundedAppendable implements Appendable {

	private final StringBuilder text = new StringBuilder();

	private final int maxLength;

	BoundedAppendable(int maxLength) {
		this.maxLength = maxLength;
	}

	/**
	 * Appends text.
	 * @throws FullException if the result would exceed the maximum length
	 */
	@Override
	public BoundedAppendable append(CharSequence addition) {
		return append(addition, 0, addition.length());
	}

	@Override
	public BoundedAppendable append(CharSequence addition, int start, int end) {
		if (this.text.length() + end - start > this.maxLength) {
			throw new FullException();
		}
		this.text.append(addition, start, end);
		return this;
	}

	@Override
	public BoundedAppendable append(char addition) {
		return append(String.valueOf(addition));
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

	/** Signals that the text would exceed the maximum length. */
	static class FullException extends RuntimeException {

	}

}
