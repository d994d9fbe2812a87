package com.foobar.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Reads the description of the API, openapi.yaml, and checks that requests and responses
 * match it.
 */
final class ApiDescription {

	private static final String JSON = "application/json;charset=utf-8";

	private static final String ID = "https://www.foobar.com/api/openapi.yaml";

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

	private static final JsonMapper json = new JsonMapper();

	private final JsonNode root;

	private final SchemaRegistry schemas;

	private final List<Operation> operations;

	ApiDescription() throws IOException {
		this.root = new YAMLMapper().readTree(new ClassPathResource("openapi.yaml").getContentAsString(UTF_8));
		this.schemas = SchemaRegistry.withDialect(Dialects.getOpenApi31(),
				(builder) -> builder.schemas(Map.of(ID, this.root.toString())));
		this.operations = this.root.at("/paths")
			.propertyStream()
			.flatMap((path) -> path.getValue()
				.propertyNames()
				.stream()
				.filter(METHODS::contains)
				.map((method) -> new Operation(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), path.getKey())))
			.toList();
	}

	/** An operation of the API, for example {@code GET /api/tags}. */
	record Operation(HttpMethod method, String path) {

		@Override
		public String toString() {
			return this.method + " " + this.path;
		}

	}

	List<Operation> operations() {
		return this.operations;
	}

	/** Returns the schema of an operation's request body, if the operation has one. */
	Optional<JsonNode> bodySchema(Operation operation) {
		return Optional.of(this.root.at(pointer(operation) + "/requestBody/content/application~1json/schema"))
			.filter((schema) -> !schema.isMissingNode());
	}

	/** Returns the schema that a {@code $ref} refers to, or the schema itself. */
	JsonNode resolve(JsonNode node) {
		return node.has("$ref") ? resolve(this.root.at(node.get("$ref").stringValue().substring(1))) : node;
	}

	/**
	 * Checks that a response matches the description, and so does its request if its
	 * status is below 300. If the description has no such operation, checks that the
	 * response reports an error of the client. Ignores requests with the method OPTIONS.
	 * @throws AssertionError if the response or the request does not match
	 */
	void check(HttpMethod method, String target, HttpHeaders sent, byte[] body, int status, HttpHeaders headers,
			byte[] responseBody) {
		if (method.equals(HttpMethod.OPTIONS)) {
			return;
		}
		HttpMethod describedMethod = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
		Optional<Operation> operation = find(describedMethod, target.split("\\?", 2)[0]);
		String text = new String(responseBody, UTF_8);
		if (operation.isEmpty()) {
			assertThat(status).as("status of a request that is not described").isBetween(400, 499);
			if (!method.equals(HttpMethod.HEAD)) {
				checkJson("/components/schemas/Errors", text);
			}
			return;
		}
		checkResponse(responsePointer(operation.get(), status), headers, method.equals(HttpMethod.HEAD) ? null : text);
		if (status < 300) {
			checkRequest(operation.get(), target, sent, new String(body, UTF_8));
		}
	}

	private Optional<Operation> find(HttpMethod method, String path) {
		PathContainer container;
		try {
			container = PathContainer.parsePath(path);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
		return operations().stream()
			.map(Operation::path)
			.distinct()
			.map(PathPatternParser.defaultInstance::parse)
			.filter((pattern) -> pattern.matches(container))
			.min(PathPattern.SPECIFICITY_COMPARATOR)
			.map((pattern) -> new Operation(method, pattern.getPatternString()))
			.filter(operations()::contains);
	}

	private static String pointer(Operation operation) {
		return pathPointer(operation) + "/" + operation.method().name().toLowerCase(Locale.ROOT);
	}

	private static String pathPointer(Operation operation) {
		return "/paths/" + operation.path().replace("/", "~1");
	}

	// Returns the JSON pointer to the description of the response with that status.
	private String responsePointer(Operation operation, int status) {
		return Stream.of(String.valueOf(status), status / 100 + "XX")
			.map((key) -> pointer(operation) + "/responses/" + key)
			.filter((pointer) -> !this.root.at(pointer).isMissingNode())
			.findFirst()
			.map(this::resolvePointer)
			.orElseGet(() -> fail("The description of [%s] has no response [%d]", operation, status));
	}

	private String resolvePointer(String pointer) {
		JsonNode node = this.root.at(pointer);
		return node.has("$ref") ? node.get("$ref").stringValue().substring(1) : pointer;
	}

	private void checkResponse(String response, HttpHeaders headers, String text) {
		this.root.at(response + "/headers").propertyStream().forEach((header) -> {
			JsonNode description = resolve(header.getValue());
			String value = headers.getFirst(header.getKey());
			assertThat(value != null || !description.path("required").asBoolean()).as(header.getKey()).isTrue();
			if (value != null) {
				String pointer = resolvePointer(response + "/headers/" + header.getKey());
				checkValue(pointer + "/schema", value);
			}
		});
		JsonNode content = this.root.at(response + "/content");
		if (text != null && content.has("application/json")) {
			assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE)).isEqualToIgnoringCase(JSON);
			checkJson(response + "/content/application~1json/schema", text);
		}
		if (content.isMissingNode()) {
			assertThat(text).isNullOrEmpty();
		}
	}

	private void checkRequest(Operation operation, String target, HttpHeaders sent, String body) {
		var query = UriComponentsBuilder.fromUriString(target).build().getQueryParams();
		for (String parameter : parameters(operation)) {
			JsonNode description = this.root.at(parameter);
			values(description, query, sent).forEach((value) -> checkValue(parameter + "/schema", value));
		}
		if (bodySchema(operation).isPresent()) {
			checkJson(pointer(operation) + "/requestBody/content/application~1json/schema", body);
		}
	}

	// Returns the JSON pointers to the operation's parameters. Parameters of the path are
	// not checked later, because the path has matched.
	private List<String> parameters(Operation operation) {
		var found = new ArrayList<String>();
		for (String parent : List.of(pathPointer(operation), pointer(operation))) {
			for (int i = 0; i < this.root.at(parent + "/parameters").size(); i++) {
				found.add(resolvePointer(parent + "/parameters/" + i));
			}
		}
		return found;
	}

	private static List<String> values(JsonNode parameter, MultiValueMap<String, String> query, HttpHeaders sent) {
		String name = parameter.get("name").stringValue();
		return switch (parameter.get("in").stringValue()) {
			case "query" -> query.getOrDefault(name, List.of())
				.stream()
				.limit(1)
				.filter((value) -> value != null && !value.isEmpty())
				.map((value) -> URLDecoder.decode(value, UTF_8))
				.toList();
			case "header" -> sent.getOrEmpty(name);
			default -> List.of();
		};
	}

	private void checkValue(String schema, String value) {
		boolean number = this.root.at(schema).path("type").asString("").equals("integer");
		JsonNodeFactory values = JsonNodeFactory.instance;
		check(schema, number ? values.numberNode(Long.decode(value.strip())) : values.stringNode(value));
	}

	private void checkJson(String schema, String text) {
		try {
			check(schema, json.readTree(text));
		}
		catch (JacksonException ex) {
			fail("[%s] is not JSON", text);
		}
	}

	private void check(String schema, JsonNode value) {
		assertThat(this.schemas.getSchema(SchemaLocation.of(ID + "#" + schema)).validate(value)).as("[%s]", value)
			.isEmpty();
	}

}
