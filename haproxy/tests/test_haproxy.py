"""Tests HAProxy with the repository's haproxy.cfg and two web servers that fail on request.

deploy/test runs this in a container, where it is root and the ports 80, 8080 and 8082 are free.
"""

import collections
import http.server
import os
import pathlib
import resource
import socket
import subprocess
import threading
import time
import unittest

CONFIGURATION = pathlib.Path(__file__).resolve().parent.parent / "haproxy.cfg"
SITE = "http://127.0.0.1"
PUBLIC_ADDRESS = "192.0.2.1"  # an address of this machine that is no loopback address


class WebServer(http.server.ThreadingHTTPServer):
    """A web server whose path selects how it responds, such as /slow after three seconds. It counts its requests."""

    daemon_threads = True
    request_queue_size = 1000

    def __init__(self, port):
        self.requests = collections.Counter()
        self.frozen = threading.Event()
        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.frozen.clear()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        pass  # a client that has closed its connection needs no response


class Handler(http.server.BaseHTTPRequestHandler):
    """Responds as the path of the request says."""

    protocol_version = "HTTP/1.1"

    def handle_one_request(self):
        while self.server.frozen.is_set():
            time.sleep(0.1)
        super().handle_one_request()

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        while self.server.frozen.is_set():
            time.sleep(0.1)
        self.server.requests[path] += 1
        if path == "/slow":
            time.sleep(3)
        if path == "/disconnect":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if path == "/timeout":
            time.sleep(40)
        self.send_response(504 if path == "/busy" else 200)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Received-Network", self.headers.get("X-Visitor-Network", ""))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def log_message(self, *arguments):
        pass


class Response:
    """The last response that curl receives: its status, its headers by name in lower case, and its body."""

    OPTIONS = ("--silent", "--show-error", "--include", "--max-time", "45")

    def __init__(self, *arguments):
        process = subprocess.run(["curl", *self.OPTIONS, *arguments], capture_output=True, check=False)
        self.error = process.stderr.decode().strip()
        self.responses = []
        rest = process.stdout.decode()
        while rest.startswith("HTTP/"):
            head, _, rest = rest.partition("\r\n\r\n")
            lines = head.splitlines()
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            length = int(headers.get("content-length", len(rest)))
            self.responses.append((int(lines[0].split()[1]), headers, rest[:length]))
            rest = rest[length:]

    @property
    def status(self):
        return self.responses[-1][0] if self.responses else None

    @property
    def headers(self):
        return self.responses[-1][1]

    @property
    def body(self):
        return self.responses[-1][2]


class HaproxyTest(unittest.TestCase):
    """Starts HAProxy and its two web servers for each test."""

    settings = {}
    addresses = []  # that this machine has during a class's tests

    @classmethod
    def setUpClass(cls):
        for address in cls.addresses:
            subprocess.run(["ip", "address", "add", address, "dev", "lo"], check=True)
            cls.addClassCleanup(subprocess.run, ["ip", "address", "delete", address, "dev", "lo"], check=True)

    def setUp(self):
        self.servers = [WebServer(8080), WebServer(8082)]
        for server in self.servers:
            self.addCleanup(server.stop)
        pathlib.Path("/run/haproxy").mkdir(exist_ok=True)
        haproxy = subprocess.Popen(["haproxy", "-db", "-f", CONFIGURATION], env=os.environ | self.settings,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(haproxy.wait)
        self.addCleanup(haproxy.terminate)
        self.await_ready()
        self.reset_counts()

    def await_ready(self):
        for _ in range(100):
            if sum(Response(SITE + "/").status == 200 for _ in range(4)) == 4:
                return
            time.sleep(0.1)
        self.fail("HAProxy does not respond")

    def received(self, path):
        return sum(server.requests[path] for server in self.servers)

    def reset_counts(self):
        for server in self.servers:
            server.requests.clear()


class WritesTest(HaproxyTest):
    """A write whose server fails gets an error response and is never sent twice, because it may have taken effect."""

    def write(self, protocol, path):
        # Reads come first, so that there are idle connections that HAProxy could reuse.
        return Response(protocol, "--data", "{}", *[SITE + "/"] * 8, SITE + path)

    def test_write_is_sent_once_if_the_server_disconnects(self):
        for protocol in ("--http1.1", "--http2-prior-knowledge"):
            for attempt in range(10):
                with self.subTest(protocol=protocol, attempt=attempt):
                    self.reset_counts()
                    response = self.write(protocol, "/disconnect")
                    self.assertEqual(response.status, 502, response.error)
                    self.assertEqual(self.received("/disconnect"), 1)

    def test_response_to_a_write_with_unknown_outcome_has_no_retry_after(self):
        response = self.write("--http1.1", "/disconnect")
        self.assertNotIn("retry-after", response.headers)
        self.assertIn("may have been made or not", response.body)

    def test_write_is_sent_once_if_the_server_times_out(self):
        response = Response("--data", "{}", SITE + "/timeout")
        self.assertEqual(response.status, 504, response.error)
        self.assertNotIn("retry-after", response.headers)
        self.assertIn("may have been made or not", response.body)
        self.assertEqual(self.received("/timeout"), 1)

    def test_failed_read_is_sent_twice_and_has_retry_after(self):
        response = Response(SITE + "/disconnect")
        self.assertEqual(response.status, 502)
        self.assertEqual(response.headers["retry-after"], "5")
        self.assertEqual(self.received("/disconnect"), 2)


class OverloadTest(HaproxyTest):
    """Retries hardly increase the load of servers that are overloaded."""

    def read(self, path, rate, seconds):
        """Sends rate reads a second, and returns the counts of statuses and the longest time of a read."""
        statuses, times = collections.Counter(), []

        def send():
            start = time.monotonic()
            statuses[Response(SITE + path).status] += 1
            times.append(time.monotonic() - start)

        threads = []
        start = time.monotonic()
        for number in range(rate * seconds):
            time.sleep(max(0.0, start + number / rate - time.monotonic()))
            threads.append(threading.Thread(target=send))
            threads[-1].start()
        for thread in threads:
            thread.join()
        return statuses, max(times)

    def assert_amplification(self, path, rate, seconds):
        statuses, slowest = self.read(path, rate, seconds)
        ratio = self.received(path) / (rate * seconds)
        print(f"{path}: {rate * seconds} reads, {self.received(path)} at the servers, {ratio:.2f} times, "
              f"statuses {dict(statuses)}, slowest {slowest:.1f} s", flush=True)
        self.assertLessEqual(ratio, 1.1)
        return statuses

    def test_failed_read_is_retried_once(self):
        self.assertEqual(Response(SITE + "/busy").status, 503)
        self.assertEqual(self.received("/busy"), 2)

    def test_retries_are_few_if_both_servers_are_slow(self):
        self.assert_amplification("/slow", 20, 60)

    def test_retries_are_few_if_both_servers_are_busy(self):
        self.assert_amplification("/busy", 20, 60)

    def test_read_takes_two_seconds_longer_if_a_server_is_frozen(self):
        self.servers[0].frozen.set()
        try:
            statuses, slowest = self.read("/", 20, 15)
        finally:
            self.servers[0].frozen.clear()
        print(f"one server frozen: statuses {dict(statuses)}, slowest {slowest:.1f} s", flush=True)
        self.assertEqual(set(statuses), {200})
        self.assertLess(slowest, 3)


class LocalhostTest(HaproxyTest):
    """Requests for localhost are served without TLS only from this server itself."""

    settings = {"FOOBAR_NAME": "www.foobar.test"}
    addresses = [f"{PUBLIC_ADDRESS}/32"]

    def test_request_from_this_server_is_served(self):
        self.assertEqual(Response("--header", "Host: localhost", SITE + "/").status, 200)

    def test_request_from_another_address_for_localhost(self):
        for host in ("localhost", "127.0.0.1", "[::1]", "LOCALHOST:80"):
            with self.subTest(host=host):
                response = Response("--header", f"Host: {host}", f"http://{PUBLIC_ADDRESS}/")
                self.assertEqual(response.status, 308)
                self.assertEqual(response.headers["location"], "https://www.foobar.test/")


class LocalNetworkTest(LocalhostTest):
    """Requests for localhost are served from FOOBAR_LOCAL_NETWORK as well."""

    settings = LocalhostTest.settings | {"FOOBAR_LOCAL_NETWORK": f"{PUBLIC_ADDRESS}/32"}

    def test_request_from_another_address_for_localhost(self):
        self.assertEqual(Response("--header", "Host: localhost", f"http://{PUBLIC_ADDRESS}/").status, 200)


class NetworkTest(HaproxyTest):
    """One IPv6 /48, which a household may have, cannot take all connections."""

    SITE = "http://[2001:db8:2::1]"
    addresses = ["2001:db8:2::1/128", *(f"2001:db8:1:{number}::1/128" for number in range(1, 6))]

    def test_network_has_a_fifth_of_the_connections_at_most(self):
        household = [self.connect(f"2001:db8:1:{number}::1") for number in range(1, 6) for _ in range(400)]
        self.addCleanup(lambda: [connection.close() for connection in household])
        time.sleep(1)
        accepted = sum(self.is_open(connection) for connection in household)
        print(f"{len(household)} connections from one /48: {accepted} are accepted", flush=True)
        self.assertLessEqual(accepted, 1580)
        self.assertGreater(accepted, 1500)
        self.assertEqual(Response(f"{self.SITE}/").status, 200)

    @staticmethod
    def connect(address):
        return socket.create_connection(("2001:db8:2::1", 80), source_address=(address, 0))

    @staticmethod
    def is_open(connection):
        connection.setblocking(False)
        try:
            return connection.recv(1) != b""
        except BlockingIOError:
            return True
        except ConnectionError:
            return False

    def test_header_with_the_network_is_replaced(self):
        response = Response("--header", "X-Visitor-Network: 192.0.2.9", f"{self.SITE}/")
        self.assertEqual(response.headers["x-received-network"], "2001:db8:2::")
        self.assertEqual(Response(f"{SITE}/").headers["x-received-network"], "127.0.0.1")


class ConnectionPressureTest(HaproxyTest):
    """A response over HTTP/1.1 closes its connection while most connections are in use."""

    SITE = NetworkTest.SITE
    addresses = ["2001:db8:2::1/128",
                 *(f"2001:db8:1{network}:{number}::1/128" for network in range(5) for number in range(4))]

    def test_responses_close_connections_while_most_are_in_use(self):
        _, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (10_000, hard_limit))
        self.assertEqual(self.connections(), ["1", "0", "0"])
        idle = [NetworkTest.connect(address.partition("/")[0]) for address in self.addresses[1:] for _ in range(320)]
        self.addCleanup(lambda: [connection.close() for connection in idle])
        self.assertEqual(self.connections(), ["1", "1", "1"])

    def connections(self, version="--http1.1"):
        """Returns how many connections curl opens for each of three requests."""
        return subprocess.run(["curl", version, "--silent", "--output", "/dev/null", "--output", "/dev/null",
                               "--output", "/dev/null", "--write-out", "%{num_connects} ", *[f"{self.SITE}/"] * 3],
                              capture_output=True, text=True, check=True).stdout.split()


class DrainTest(HaproxyTest):
    """While the balancer is drained, each response closes its connection."""

    SITE = SITE
    settings = {"FOOBAR_DRAINING": "on"}
    connections = ConnectionPressureTest.connections

    def test_every_response_closes_its_connection(self):
        for version in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(version):
                self.assertEqual(self.connections(version), ["1", "1", "1"])
        self.assertEqual(self.received("/"), 6)


class LargeHeadersTest(HaproxyTest):
    """HAProxy rejects headers and URLs that are too large with a page, and passes those that the servers accept."""

    def test_large_cookies_pass(self):
        for protocol in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(protocol=protocol):
                self.assertEqual(Response(protocol, "--header", "Cookie: a=" + "x" * 12_000, SITE + "/").status, 200)

    def test_too_large_cookies_are_rejected(self):
        for protocol in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(protocol=protocol):
                response = Response(protocol, "--header", "Cookie: a=" + "x" * 20_000, SITE + "/")
                self.assertEqual(response.status, 431, response.error)
                self.assertIn("clear the cookies", response.body)
                self.assertIn("strict-transport-security", response.headers)
                self.assertEqual(self.received("/"), 0)

    def test_too_long_url_is_rejected(self):
        for protocol in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(protocol=protocol):
                response = Response(protocol, SITE + "/?" + "x" * 20_000)
                self.assertEqual(response.status, 414, response.error)
                self.assertIn("address", response.body)
                self.assertEqual(self.received("/"), 0)


if __name__ == "__main__":
    unittest.main()
