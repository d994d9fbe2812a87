package com.foobar.article;

/** A text that refuses to become longer than it may. */
final class BoundedAppendable implements Appendable {

	private final StringBuilder text = new StringBuilder();

	private final int longest;

	BoundedAppendable(int longest) {
		this.longest = longest;
	}

	@Override
	public BoundedAppendable append(CharSequence more) {
		return append(more, 0, more.length());
	}

	@Override
	public BoundedAppendable append(CharSequence more, int start, int end) {
		if (this.text.length() + end - start > this.longest) {
			throw new FullException();
		}
		this.text.append(more, start, end);
		return this;
	}

	@Override
	public BoundedAppendable append(char more) {
		return append(String.valueOf(more));
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

	/** There is no more room. */
	static class FullException extends RuntimeException {

	}

}
