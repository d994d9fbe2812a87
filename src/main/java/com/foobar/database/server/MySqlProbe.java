package com.foobar.database.server;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.NodeAddress;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;

/** Probes a MySQL server over a connection of its own. */
final class MySqlProbe implements Probe {

	// A channel whose receiver is reconnecting still counts as replicating: its primary
	// has died, and reads must go on. The value is not used for a server that is
	// configured for a replication group.
	private static final String QUERY = """
			SELECT @@global.server_uuid AS uuid,
			       @@global.read_only OR @@global.super_read_only AS read_only,
			       IF(@@global.gtid_mode = 'ON', @@global.gtid_executed, '') AS executed,
			       @@global.max_connections AS max_connections,
			       EXISTS (
			         SELECT 1 FROM performance_schema.replication_connection_status receiver
			           JOIN performance_schema.replication_applier_status applier USING (channel_name)
			          WHERE receiver.service_state <> 'OFF' AND applier.service_state = 'ON') AS replicating,
			       (SELECT variable_value FROM performance_schema.global_variables
			         WHERE variable_name = 'group_replication_group_name') AS group_name,
			       (SELECT GROUP_CONCAT(CONCAT_WS(' ', member_id, member_state, member_role) SEPARATOR ',')
			          FROM performance_schema.replication_group_members WHERE member_id <> '') AS members
			""";

	private final ControlConnection connection;

	private volatile String error = "";

	MySqlProbe(NodeAddress address, DatabaseProperties properties) {
		this.connection = new ControlConnection(address, properties);
	}

	@Override
	public String error() {
		return this.error;
	}

	@Override
	public Optional<ProbeResult> run() {
		try {
			ProbeResult result = this.connection.query(QUERY, MySqlProbe::parse);
			this.error = "";
			return Optional.of(result);
		}
		catch (SQLException ex) {
			this.error = ConnectionErrorMessages.of(ex);
			return Optional.empty();
		}
		catch (RuntimeException ex) {
			this.error = "its answer cannot be read [%s]".formatted(ex.getMessage());
			return Optional.empty();
		}
	}

	private static ProbeResult parse(ResultSet row) throws SQLException {
		String group = row.getString("group_name");
		String members = row.getString("members");
		return new ProbeResult(row.getString("uuid"), !row.getBoolean("read_only"), row.getBoolean("replicating"),
				GtidSet.parse(row.getString("executed")), group != null && !group.isBlank(),
				(members != null) ? members(members) : List.of(), row.getInt("max_connections"));
	}

	private static List<ProbeResult.Member> members(String list) {
		return Stream.of(list.split(","))
			.map((member) -> member.split(" "))
			.map((columns) -> new ProbeResult.Member(columns[0], columns[1],
					columns.length > 2 && columns[2].equals("PRIMARY")))
			.toList();
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
