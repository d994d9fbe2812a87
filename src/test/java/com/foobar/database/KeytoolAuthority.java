package com.foobar.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Creates a certificate authority for a test and signs certificates with the JDK's
 * keytool.
 */
public final class KeytoolAuthority {

	private static final String PASSWORD = "only-for-tests";

	private final Path store;

	private final Path file;

	public KeytoolAuthority(Path directory, String name) {
		this.store = directory.resolve(name + ".p12");
		this.file = directory.resolve(name + ".pem");
		keytool("-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c");
		write(this.file, certificate("ca"));
	}

	/** Returns the path of the PEM file with the certificate of the authority. */
	public Path file() {
		return this.file;
	}

	/**
	 * Creates and signs a certificate for a server.
	 * @param name the subject alternative name, such as {@code dns:web-01}
	 * @param options more options of keytool
	 */
	public ServerCertificate sign(String name, String... options) {
		String alias = "server-" + UUID.randomUUID();
		keytool(Stream
			.concat(Stream.of("-alias", alias, "-signer", "ca", "-dname", "CN=mysql", "-ext", "san=" + name),
					Stream.of(options))
			.toArray(String[]::new));
		return new ServerCertificate(certificate("ca"), certificate(alias), key(alias));
	}

	private void keytool(String... options) {
		List<String> command = Stream
			.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
					"-keyalg", "EC", "-keystore", this.store.toString(), "-storepass", PASSWORD), Stream.of(options))
			.toList();
		try {
			Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(keytool.getInputStream().readAllBytes());
			if (keytool.waitFor() != 0) {
				throw new IllegalStateException("%s failed: %s".formatted(command, output));
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException("keytool could not be run", ex);
		}
	}

	private String certificate(String alias) {
		try {
			return pem("CERTIFICATE", load().getCertificate(alias).getEncoded());
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("The certificate of %s cannot be read".formatted(alias), ex);
		}
	}

	private String key(String alias) {
		try {
			return pem("PRIVATE KEY", load().getKey(alias, PASSWORD.toCharArray()).getEncoded());
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("The key of %s cannot be read".formatted(alias), ex);
		}
	}

	private KeyStore load() throws GeneralSecurityException, IOException {
		return KeyStore.getInstance(this.store.toFile(), PASSWORD.toCharArray());
	}

	private static String pem(String kind, byte[] content) {
		return "-----BEGIN %s-----%n%s%n-----END %1$s-----%n".formatted(kind,
				Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(content));
	}

	private static void write(Path file, String text) {
		try {
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Holds the certificate and the key of a server and the certificate of the authority,
	 * in PEM.
	 */
	public record ServerCertificate(String authority, String certificate, String key) {
	}

}
