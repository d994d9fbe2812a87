package com.foobar.article;

/** A text that refuses to become longer than it may. */
final class BoundedText implements Appendable {

	private final StringBuilder text = new StringBuilder();

	private final int longest;

	BoundedText(int longest) {
		this.longest = longest;
	}

	@Override
	public BoundedText append(CharSequence more) {
		return append(more, 0, more.length());
	}

	@Override
	public BoundedText append(CharSequence more, int start, int end) {
		if (this.text.length() + end - start > this.longest) {
			throw new FullException();
		}
		this.text.append(more, start, end);
		return this;
	}

	@Override
	public BoundedText append(char more) {
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
