package com.foobar.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Generates random requests to the API. Most parts of a request are valid, some are
 * almost valid, and some are hostile. The same seed generates the same requests. Not
 * thread-safe.
 */
final class RequestGenerator {

	private static final JsonNodeFactory values = JsonNodeFactory.instance;

	private static final JsonMapper json = new JsonMapper();

	private static final List<String> TEXTS = List.of("", " ", "\0", "a\0b", "\t\n", "🐢🐢", "שלום עולם", "مرحبا",
			"Ω≈ç√", "\u202Eright to left", "e\u0301\u0301\u0301", "\uFEFF", "' OR 1=1 --", "\"; DROP TABLE users;", "%",
			"_", "%%", "../..", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "null", "true", "0", "-1",
			"feed", "x".repeat(65), "x".repeat(300), "🐢".repeat(300), "x".repeat(20_000), "a@b", "@", "a@b.c@d");

	private static final List<String> NUMBERS = List.of("0", "1", "-1", "-99999", "2147483647", "2147483648",
			"99999999999", "-9223372036854775809", "1e3", "0x10", "1.5", "", "NaN", "+1", " 1", "١");

	private static final List<String> SEGMENTS = List.of("", ".", "..", "%00", "%ff", "%c0%af", "%zz", "%", ";a=b",
			"a;b=c", "%2f", "%5c", "a%2fb", "//", "\\", "%25", "%0d%0a", "%F0%9F%90%A2", "\u00e9", "|", "\"", "<>",
			"{x}", "x".repeat(9000), "feed", "a".repeat(256), "%e2%80%ae");

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS",
			"TRACE", "PROPFIND", "get", "FOO", "G\u00e9T");

	private static final List<String> TYPES = List.of("application/json", "application/json;charset=utf-8",
			"application/json;charset=utf-16", "application/json;charset=nonsense", "application/problem+json",
			"text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data",
			"multipart/form-data; boundary=x", "application/octet-stream", "nonsense", "*/*", "/", "",
			"application/json;;;", "application/yaml");

	private static final List<String> ODD_HEADERS = List.of("", " ", "\0", "x".repeat(300), "\u00ff\u00fe", "a,b;c=d",
			"\"", "*/*;q=x", "text/html", "bytes=0-1", "\t", "gzip", "chunked", "1", "Token", "Token  ", "Bearer x.y.z",
			"Basic dTpw");

	private static final List<String> ODD_NAMES = List.of("Accept", "Accept-Language", "Accept-Encoding",
			"Authorization", "Consistency-Token", "Content-Encoding", "Cookie", "Expect", "Forwarded",
			"Idempotency-Key", "If-Match", "If-None-Match", "If-Modified-Since", "Origin", "Range", "Referer",
			"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-HTTP-Method-Override",
			"Access-Control-Request-Method", "Content-Language");

	private static final List<byte[]> BODIES = List.of(bytes(""), bytes("{"), bytes("}"), bytes("[]"), bytes("null"),
			bytes("\"x\""), bytes("5"), bytes("{}{}"), bytes("{\"user\":null}"), bytes("{\"article\":[]}"), bytes("\0"),
			bytes("{\"comment\":{\"body\":\"\\ud800\"}}"), bytes("{\"user\":{\"bio\":1e999999999}}"),
			bytes("{\"article\":{\"title\":" + "9".repeat(5000) + "}}"), bytes("[".repeat(5000)),
			bytes("{\"article\":".repeat(5000)), bytes("{\"article\":{\"body\":\"" + "x".repeat(2_000_000) + "\"}}"),
			bytes("{\"" + "x".repeat(60_000) + "\":1}"), new byte[] { '{', '"', (byte) 0xff, '"', ':', '1', '}' },
			new byte[] { '{', '"', 'u', 's', 'e', 'r', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}' },
			new byte[] { (byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}' }, bytes("{\"user\":{},\"user\":{}}"),
			bytes("idempotencyKey=a&idempotencyKey=%zz"), bytes("--x\r\n\r\nx\r\n--x--"), bytes("a=%zz&%=&=%"));

	private final RandomGenerator random;

	private final ApiDescription description;

	private final Map<String, List<String>> known;

	private final List<String> tokens;

	/**
	 * Creates a generator of requests about existing data.
	 * @param known the existing values, by the name of the variable in a path or of the
	 * parameter in a query
	 */
	RequestGenerator(RandomGenerator random, ApiDescription description, Map<String, List<String>> known,
			List<String> tokens) {
		this.random = random;
		this.description = description;
		this.known = known;
		this.tokens = tokens;
	}

	/** Returns the next random request. */
	RawRequest next() {
		var operation = pick(this.description.operations());
		String method = rarely() ? pick(METHODS) : operation.method().name();
		var headers = new LinkedHashMap<String, String>();
		headers.put("Content-Type", rarely() ? pick(TYPES) : "application/json");
		if (!rarely()) {
			headers.put("Authorization", "Token " + pick(this.tokens));
		}
		if (rarely()) {
			headers.put("Idempotency-Key", "key" + this.random.nextInt(20));
		}
		while (rarely()) {
			headers.put(pick(ODD_NAMES), pick(ODD_HEADERS));
		}
		if (rarely()) {
			headers.remove("Content-Type");
		}
		return new RawRequest(method, target(operation.path()), headers, body(operation));
	}

	private String target(String template) {
		var target = new StringBuilder("/api");
		for (String segment : template.substring("/api/".length()).split("/")) {
			String name = segment.replaceAll("[{}]", "");
			target.append('/')
				.append(rarely() && rarely() ? pick(SEGMENTS) : segment.equals(name) ? segment : value(name));
		}
		if (template.endsWith("articles") || template.endsWith("feed") || rarely()) {
			target.append('?').append(String.join("&", pickSeveral(this::parameter)));
		}
		return target.toString();
	}

	private String parameter() {
		String name = pick(List.of("tag", "author", "favorited", "limit", "offset", "idempotencyKey", "_method", "x"));
		boolean number = name.equals("limit") || name.equals("offset");
		return name + (rarely() ? ""
				: "=" + (rarely() ? pick(SEGMENTS).replace(" ", "") : number ? encode(pick(NUMBERS)) : value(name)));
	}

	private String value(String name) {
		return encode(
				rarely() ? pick(name.equals("id") ? NUMBERS : TEXTS) : pick(this.known.getOrDefault(name, TEXTS)));
	}

	private static String encode(String text) {
		String shorter = text.substring(0,
				text.offsetByCodePoints(0, Math.min(text.codePointCount(0, text.length()), 200)));
		return UriUtils.encode(shorter, UTF_8);
	}

	private byte[] body(ApiDescription.Operation operation) {
		return this.description.bodySchema(operation).filter((schema) -> !rarely()).map((schema) -> {
			byte[] body = json.writeValueAsBytes(valueFor(this.description.resolve(schema), ""));
			if (rarely() && rarely()) {
				body[this.random.nextInt(body.length)] = (byte) this.random.nextInt();
			}
			return body;
		}).orElseGet(() -> rarely() ? pick(BODIES) : new byte[0]);
	}

	// Returns a value that matches the schema exactly or almost.
	private JsonNode valueFor(JsonNode schema, String name) {
		if (rarely() && rarely()) {
			return pick(
					List.of(values.nullNode(), values.numberNode(5), values.numberNode(1.5), values.booleanNode(true),
							values.arrayNode(), values.objectNode(), values.arrayNode().add("x").addNull().add(5)));
		}
		if (schema.has("properties")) {
			return object(schema);
		}
		if (name.equals("tagList")) {
			var tags = values.arrayNode();
			pickSeveral(() -> value("tag")).forEach(tags::add);
			return tags;
		}
		return values.stringNode(text(name));
	}

	private JsonNode object(JsonNode schema) {
		ObjectNode object = values.objectNode();
		schema.get("properties")
			.propertyStream()
			.filter((property) -> !rarely())
			.forEach((property) -> object.set(property.getKey(),
					valueFor(this.description.resolve(property.getValue()), property.getKey())));
		return object;
	}

	private String text(String name) {
		if (rarely()) {
			return pick(TEXTS);
		}
		return switch (name) {
			case "email" -> "a%d@example.com".formatted(this.random.nextInt(50));
			// Most passwords are too short, because hashing a valid one is slow.
			case "password" -> rarely() ? "password1" : "short";
			default -> name + " " + this.random.nextInt(50);
		};
	}

	private <T> List<T> pickSeveral(Supplier<T> supplier) {
		var items = new ArrayList<T>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			items.add(supplier.get());
		}
		return items;
	}

	private <T> T pick(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	private boolean rarely() {
		return this.random.nextInt(5) == 0;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(ISO_8859_1);
	}

}
