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

/** Tests that two versions recognize repeats of each other's requests. */
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
		assertThat(before(new Before("Title", null)).headers()).isEmpty();
		assertThat(after(new After(null, "Title", null)).headers()).isEqualTo(REPLAYED);
	}

	@Test
	void previousVersionReplaysRequestOfTheNextOne() {
		assertThat(after(new After(null, "Title", null)).headers()).isEmpty();
		assertThat(before(new Before("Title", null)).headers()).isEqualTo(REPLAYED);
	}

	@Test
	void requestWithValueInNewFieldIsAnotherRequest() {
		before(new Before("Title", "Note"));
		assertThatExceptionOfType(IdempotencyKeyException.class).isThrownBy(() -> after(new After(5, "Title", "Note")));
	}

	@Test
	void responseStoredWithHashIncludingNullsIsReplayed() {
		call(new BeforeApi(), (api) -> api.add(new Before("Title", null)), (call) -> {
			byte[] content = this.json.writeValueAsBytes(call.requestContent());
			String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
			this.transaction.executeWithoutResult((status) -> {
				this.records.insertOrFind(this.key);
				this.records.save(this.key, new StoredResponse(hash, 200, List.of(), "{}"));
			});
			return new StoredResponse(hash, 200, List.of(), "{}");
		});
		assertThat(before(new Before("Title", null)).headers()).isEqualTo(REPLAYED);
	}

	private StoredResponse before(Before body) {
		return call(new BeforeApi(), (api) -> api.add(body), (call) -> this.executor.execute(this.key, call));
	}

	private StoredResponse after(After body) {
		return call(new AfterApi(), (api) -> api.add(body), (call) -> this.executor.execute(this.key, call));
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

	record Before(String title, @Nullable String note) {
	}

	record After(@Nullable Integer stars, String title, @Nullable String note) {
	}

	@RestController
	static class BeforeApi {

		@PostMapping
		@Nullable Before add(@RequestBody Before body) {
			return body;
		}

	}

	@RestController
	static class AfterApi {

		@PostMapping
		@Nullable After add(@RequestBody After body) {
			return body;
		}

	}

}
