package com.foobar.database;

import com.foobar.setting.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NodeAddressTests {

	@Test
	void defaultPortIsOptional() {
		assertThat(NodeAddress.parse("web-01")).isEqualTo(new NodeAddress("web-01", 3306));
		assertThat(NodeAddress.parse("web-01").name()).isEqualTo("web-01");
	}

	@Test
	void otherPortIsPartOfTheName() {
		assertThat(NodeAddress.parse(" 192.0.2.1:3307 ").name()).isEqualTo("192.0.2.1:3307");
	}

	@Test
	void ipv6AddressIsInBrackets() {
		assertThat(NodeAddress.parse("[2001:db8::1]:3307")).isEqualTo(new NodeAddress("[2001:db8::1]", 3307));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "web-01:", "web-01:0", "web-01:65536", "web 01", "jdbc:mysql://web-01/foobar",
			"2001:db8::1", "web-01?allowLoadLocalInfile=true" })
	void otherTextIsRejected(String text) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> NodeAddress.parse(text))
			.withMessage("foobar.database.nodes holds [%s], which is not an address", text);
	}

}
