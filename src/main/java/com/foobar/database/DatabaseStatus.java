package com.foobar.database;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.foobar.database.topology.ServerRole;
import org.jspecify.annotations.Nullable;

/**
 * State of the database servers at the last round of probes. It holds no addresses or
 * ports, so every visitor may see it. Inject a {@code Supplier<DatabaseStatus>}: it asks
 * no server and never blocks.
 *
 * @param readable whether a server can be read from
 * @param writable whether a server accepts writes
 * @param servers all servers, in the order in which they are configured
 */
public record DatabaseStatus(boolean readable, boolean writable, List<Server> servers) {

	/**
	 * State of one database server.
	 *
	 * @param role for example primary or replica
	 * @param lag how far the server is behind the primary; null if that is unknown
	 * @param working whether the server can do what its role is for
	 */
	public record Server(String name, String role, @Nullable Duration lag, boolean working) {

		@JsonIgnore
		public boolean isPrimary() {
			return this.role.equals(ServerRole.PRIMARY.label());
		}

	}

}
