package com.foobar.web.idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.web.servlet.view.UrlBasedViewResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what a request with a key wants, in one transaction that inserts the key first and
 * the answer last: neither is ever there without the work.
 *
 * <p>
 * Whether the work was done before is found out by inserting the key, never by looking
 * for it, which could not see a transaction that is still under way, for example after
 * the connection to it was lost. Insertion waits for its end. Then either the answer is
 * there, or the work was not done and never will be. So the transaction is idempotent,
 * and is run again also when nobody knows what became of the last attempt.
 */
@Component
class IdempotentExecutor {

	private final IdempotencyRecords answers;

	private final JsonMapper json;

	// A field that a body gains with the next version is null where a client does not
	// know it, so the request must look the same without it.
	private final JsonMapper withoutNulls;

	IdempotentExecutor(IdempotencyRecords answers, JsonMapper json) {
		this.answers = answers;
		this.json = json;
		this.withoutNulls = json.rebuild()
			.changeDefaultPropertyInclusion((all) -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
	}

	/**
	 * The answer, after doing the work unless it was done before.
	 * @throws IdempotencyKeyException if what was done is something else
	 */
	@Transactional(rollbackFor = Throwable.class, label = "idempotent")
	StoredResponse answer(IdempotencyKey key, HandlerInvocation call) throws Throwable {
		String request = hash(this.withoutNulls, call);
		Optional<StoredResponse> before = this.answers.claim(key);
		if (before.isEmpty()) {
			return work(key, call, request);
		}
		// The version before did not leave nulls out. Its answers are kept for a day.
		String complete = hash(this.json, call);
		return before.filter((answer) -> answer.request().equals(request) || answer.request().equals(complete))
			.orElseThrow(() -> IdempotencyKeyException.ofAnotherRequest(key))
			.replayed();
	}

	private StoredResponse work(IdempotencyKey key, HandlerInvocation call, String request) throws Throwable {
		var held = new DeferredHeadersResponse(call.response());
		Object result = call.proceed(held);
		var answer = new StoredResponse(request, call.status(), held.headers(), content(call, result));
		if (call.isApi() || isRedirect(result)) {
			this.answers.keep(key, answer);
		}
		else {
			// A form, shown again: what is sent once it is corrected has the same key.
			TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
		}
		return answer;
	}

	private @Nullable String content(HandlerInvocation call, @Nullable Object result) {
		return (call.isApi() && result != null) ? this.json.writeValueAsString(result) : (String) result;
	}

	private static boolean isRedirect(@Nullable Object view) {
		return view instanceof String name && name.startsWith(UrlBasedViewResolver.REDIRECT_URL_PREFIX);
	}

	private static String hash(JsonMapper json, HandlerInvocation call) throws NoSuchAlgorithmException {
		byte[] said = json.writeValueAsBytes(call.said());
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(said));
	}

}
