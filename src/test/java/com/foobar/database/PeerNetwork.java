package com.foobar.database;

import com.github.dockerjava.api.model.ContainerNetwork;
import org.testcontainers.containers.Network;
import org.testcontainers.mysql.MySQLContainer;

/**
 * The network on which servers talk to each other and to nobody else: one that is taken
 * off it still answers on its published port.
 */
final class PeerNetwork {

	// Internal, so that Docker publishes no port on it: that would go with the network.
	private final Network network = Network.builder()
		.createNetworkCmdModifier((create) -> create.withInternal(true))
		.build();

	void connect(MySQLContainer server, String name) {
		server.getDockerClient()
			.connectToNetworkCmd()
			.withNetworkId(this.network.getId())
			.withContainerId(server.getContainerId())
			.withContainerNetwork(new ContainerNetwork().withAliases(name))
			.exec();
	}

	void disconnect(MySQLContainer server) {
		server.getDockerClient()
			.disconnectFromNetworkCmd()
			.withNetworkId(this.network.getId())
			.withContainerId(server.getContainerId())
			.exec();
	}

	boolean connects(MySQLContainer server) {
		return server.getCurrentContainerInfo()
			.getNetworkSettings()
			.getNetworks()
			.values()
			.stream()
			.anyMatch((network) -> this.network.getId().equals(network.getNetworkID()));
	}

}
