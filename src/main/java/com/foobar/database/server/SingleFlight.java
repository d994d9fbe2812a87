package com.foobar.database.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * One question on behalf of all who ask it. Who asks while it is under way waits for the
 * next one, so every answer is of a time after it was asked for, and however many ask, no
 * more than one question is under way.
 */
final class SingleFlight<T> {

	private final Supplier<T> question;

	private final Executor executor;

	private @Nullable CompletableFuture<T> next;

	private boolean asking;

	SingleFlight(Supplier<T> question, Executor executor) {
		this.question = question;
		this.executor = executor;
	}

	synchronized CompletableFuture<T> ask() {
		CompletableFuture<T> answer = (this.next != null) ? this.next : new CompletableFuture<>();
		this.next = answer;
		if (!this.asking) {
			this.asking = true;
			this.executor.execute(this::answerAll);
		}
		return answer;
	}

	private void answerAll() {
		CompletableFuture<T> waiting = take();
		while (waiting != null) {
			waiting.completeAsync(this.question, Runnable::run);
			waiting = take();
		}
	}

	private synchronized @Nullable CompletableFuture<T> take() {
		CompletableFuture<T> taken = this.next;
		this.next = null;
		this.asking = taken != null;
		return taken;
	}

}
