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
 * Runs the handler of a request with a key, in one transaction that inserts the key first
 * and stores the response last. So a committed key always has the handler's changes and
 * its response. Safe for use by several threads.
 *
 * <p>
 * The executor inserts the key to find out whether an earlier attempt has committed. A
 * SELECT would not see an attempt whose transaction is still open, for example because
 * its connection was lost; the INSERT waits until that transaction ends. Then either the
 * response is stored, or the earlier attempt was rolled back. So the transaction is
 * idempotent, and it runs again even if the outcome of the last attempt is unknown.
 */
@Component
class IdempotentExecutor {

	private final IdempotencyRecords records;

	private final JsonMapper json;

	// The next version may add a field to a body. The field is null for a client that
	// does not know it, so the hash of a request leaves nulls out.
	private final JsonMapper withoutNulls;

	IdempotentExecutor(IdempotencyRecords records, JsonMapper json) {
		this.records = records;
		this.json = json;
		this.withoutNulls = json.rebuild()
			.changeDefaultPropertyInclusion((all) -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
	}

	/**
	 * Returns the response of the request. Runs the handler first, unless an earlier
	 * request with this key has.
	 * @throws IdempotencyKeyException if the earlier request had other content, or its
	 * response cannot be decrypted
	 */
	@Transactional(rollbackFor = Throwable.class, label = "idempotent")
	StoredResponse execute(IdempotencyKey key, HandlerInvocation invocation) throws Throwable {
		String requestHash = hash(this.withoutNulls, invocation);
		Optional<StoredResponse> earlier = this.records.insertOrFind(key);
		if (earlier.isEmpty()) {
			return run(key, invocation, requestHash);
		}
		// The previous version hashed nulls too. Its responses are kept for a day.
		String hashWithNulls = hash(this.json, invocation);
		return earlier
			.filter((stored) -> stored.request().equals(requestHash) || stored.request().equals(hashWithNulls))
			.orElseThrow(() -> IdempotencyKeyException.reused(key))
			.replayed();
	}

	private StoredResponse run(IdempotencyKey key, HandlerInvocation invocation, String requestHash) throws Throwable {
		var deferred = new DeferredHeadersResponse(invocation.response());
		Object result = invocation.proceed(deferred);
		var response = new StoredResponse(requestHash, invocation.status(), deferred.headers(),
				content(invocation, result));
		if (invocation.isApi() || isRedirect(result)) {
			this.records.save(key, response);
		}
		else {
			// The page shows the form again, and the corrected form has the same key.
			TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
		}
		return response;
	}

	private @Nullable String content(HandlerInvocation invocation, @Nullable Object result) {
		return (invocation.isApi() && result != null) ? this.json.writeValueAsString(result) : (String) result;
	}

	private static boolean isRedirect(@Nullable Object view) {
		return view instanceof String name && name.startsWith(UrlBasedViewResolver.REDIRECT_URL_PREFIX);
	}

	private static String hash(JsonMapper json, HandlerInvocation invocation) throws NoSuchAlgorithmException {
		byte[] content = json.writeValueAsBytes(invocation.requestContent());
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
	}

}
