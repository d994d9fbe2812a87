package com.foobar.web.idempotency;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that two versions of the application recognize repeated requests of each other.
 * The next version adds a field to the body of the request.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class IdempotentExecutorTests {

	private static final List<StoredResponse.Header> REPLAYED = List
		.of(new StoredResponse.Header("Idempotency-Replayed", "true"));

	@Autowired
	IdempotentExecutor executor;

	@Autowired
	IdempotencyRecords records;

	@Autowired
	JsonMapper json;

	@Autowired
	TransactionTemplate transaction;

	private final IdempotencyKey key = new IdempotencyKey(0, UUID.randomUUID().toString());

	@Test
	void nextVersionReplaysRequestWithoutItsNewField() {
		assertThat(sendToPrevious(new PreviousBody("Title", null)).headers()).isEmpty();
		assertThat(sendToNext(new NextBody(null, "Title", null)).headers()).isEqualTo(REPLAYED);
	}

	@Test
	void previousVersionReplaysRequestOfTheNextOne() {
		assertThat(sendToNext(new NextBody(null, "Title", null)).headers()).isEmpty();
		assertThat(sendToPrevious(new PreviousBody("Title", null)).headers()).isEqualTo(REPLAYED);
	}

	@Test
	void requestWithValueInNewFieldIsAnotherRequest() {
		sendToPrevious(new PreviousBody("Title", "Note"));
		assertThatExceptionOfType(IdempotencyKeyException.class)
			.isThrownBy(() -> sendToNext(new NextBody(5, "Title", "Note")));
	}

	@Test
	void responseStoredWithHashIncludingNullsIsReplayed() {
		call(new PreviousApi(), (api) -> api.add(new PreviousBody("Title", null)), (call) -> {
			byte[] content = this.json.writeValueAsBytes(call.requestContent());
			String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
			this.transaction.executeWithoutResult((status) -> {
				this.records.insertOrFind(this.key);
				this.records.save(this.key, new StoredResponse(hash, 200, List.of(), "{}"));
			});
			return new StoredResponse(hash, 200, List.of(), "{}");
		});
		assertThat(sendToPrevious(new PreviousBody("Title", null)).headers()).isEqualTo(REPLAYED);
	}

	private StoredResponse sendToPrevious(PreviousBody body) {
		return call(new PreviousApi(), (api) -> api.add(body), (call) -> this.executor.execute(this.key, call));
	}

	private StoredResponse sendToNext(NextBody body) {
		return call(new NextApi(), (api) -> api.add(body), (call) -> this.executor.execute(this.key, call));
	}

	// Calls the handler through a proxy, as the application does.
	@SuppressWarnings("unchecked")
	private static <T> StoredResponse call(T api, Consumer<T> request, Work work) {
		var response = new AtomicReference<StoredResponse>();
		var proxy = new ProxyFactory(api);
		proxy.setProxyTargetClass(true);
		proxy.addAdvice((MethodInterceptor) (invocation) -> {
			var call = new HandlerInvocation(invocation, new MockHttpServletRequest("POST", "/things"),
					new MockHttpServletResponse(), null);
			response.set(work.execute(call));
			return null;
		});
		request.accept((T) proxy.getProxy());
		return response.get();
	}

	interface Work {

		StoredResponse execute(HandlerInvocation call) throws Throwable;

	}

	record PreviousBody(String title, @Nullable String note) {
	}

	record NextBody(@Nullable Integer stars, String title, @Nullable String note) {
	}

	@RestController
	static class PreviousApi {

		@PostMapping
		@Nullable PreviousBody add(@RequestBody PreviousBody body) {
			return body;
		}

	}

	@RestController
	static class NextApi {

		@PostMapping
		@Nullable NextBody add(@RequestBody NextBody body) {
			return body;
		}

	}

}
