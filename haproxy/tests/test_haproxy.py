"""HAProxy with the file as it stands, before two servers that fail as they are told to.

deploy/test runs it in a container, where it is root and the ports 80, 8080 and 8082 are free.
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

FILE = pathlib.Path(__file__).resolve().parent.parent / "haproxy.cfg"
SITE = "http://127.0.0.1"
ELSEWHERE = "192.0.2.1"  # an address of this machine that is not a loopback one


class Server(http.server.ThreadingHTTPServer):
    """Answers what a path asks for, and counts who asked: /slow after three seconds, /dies never."""

    daemon_threads = True
    request_queue_size = 1000

    def __init__(self, port):
        self.requests = collections.Counter()
        self.frozen = threading.Event()
        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self):
        self.frozen.clear()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        pass  # whoever has left needs no answer


class Handler(http.server.BaseHTTPRequestHandler):
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
        if path == "/dies":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if path == "/silent":
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


class Answer:
    """What curl was told: the status, the headers by their names in lower case, and the body."""

    OPTIONS = ("--silent", "--show-error", "--include", "--max-time", "45")

    def __init__(self, *arguments):
        said = subprocess.run(["curl", *self.OPTIONS, *arguments], capture_output=True, check=False)
        self.error = said.stderr.decode().strip()
        self.answers = []
        rest = said.stdout.decode()
        while rest.startswith("HTTP/"):
            head, _, rest = rest.partition("\r\n\r\n")
            lines = head.splitlines()
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            length = int(headers.get("content-length", len(rest)))
            self.answers.append((int(lines[0].split()[1]), headers, rest[:length]))
            rest = rest[length:]

    @property
    def status(self):
        return self.answers[-1][0] if self.answers else None

    @property
    def headers(self):
        return self.answers[-1][1]

    @property
    def body(self):
        return self.answers[-1][2]


class HaproxyTest(unittest.TestCase):
    settings = {}
    addresses = []  # that this machine has during the tests of a class

    @classmethod
    def setUpClass(cls):
        for address in cls.addresses:
            subprocess.run(["ip", "address", "add", address, "dev", "lo"], check=True)
            cls.addClassCleanup(subprocess.run, ["ip", "address", "delete", address, "dev", "lo"], check=True)

    def setUp(self):
        self.servers = [Server(8080), Server(8082)]
        for server in self.servers:
            self.addCleanup(server.end)
        pathlib.Path("/run/haproxy").mkdir(exist_ok=True)
        haproxy = subprocess.Popen(["haproxy", "-db", "-f", FILE], env=os.environ | self.settings,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(haproxy.wait)
        self.addCleanup(haproxy.terminate)
        self.await_ready()
        self.forget()

    def await_ready(self):
        for _ in range(100):
            if sum(Answer(SITE + "/").status == 200 for _ in range(4)) == 4:
                return
            time.sleep(0.1)
        self.fail("HAProxy does not answer")

    def received(self, path):
        return sum(server.requests[path] for server in self.servers)

    def forget(self):
        for server in self.servers:
            server.requests.clear()


class WritesTest(HaproxyTest):
    """A write whose server dies may have been done: it is answered, and never sent twice."""

    def write(self, protocol, path):
        # Others first, so that there are connections that could be used again.
        return Answer(protocol, "--data", "{}", *[SITE + "/"] * 8, SITE + path)

    def test_write_whose_server_dies_is_answered_and_sent_once(self):
        for protocol in ("--http1.1", "--http2-prior-knowledge"):
            for attempt in range(10):
                with self.subTest(protocol=protocol, attempt=attempt):
                    self.forget()
                    answer = self.write(protocol, "/dies")
                    self.assertEqual(answer.status, 502, answer.error)
                    self.assertEqual(self.received("/dies"), 1)

    def test_write_that_may_have_been_done_is_not_invited_again(self):
        answer = self.write("--http1.1", "/dies")
        self.assertNotIn("retry-after", answer.headers)
        self.assertIn("may have been made or not", answer.body)

    def test_write_whose_server_says_nothing_is_answered_and_sent_once(self):
        answer = Answer("--data", "{}", SITE + "/silent")
        self.assertEqual(answer.status, 504, answer.error)
        self.assertNotIn("retry-after", answer.headers)
        self.assertIn("may have been made or not", answer.body)
        self.assertEqual(self.received("/silent"), 1)

    def test_read_whose_server_dies_is_told_to_come_back(self):
        answer = Answer(SITE + "/dies")
        self.assertEqual(answer.status, 502)
        self.assertEqual(answer.headers["retry-after"], "5")
        self.assertEqual(self.received("/dies"), 2)


class OverloadTest(HaproxyTest):
    """What reaches the servers is hardly more than what visitors have sent."""

    def read(self, path, rate, seconds):
        """Sends so many a second, and returns the statuses and how long the slowest took."""
        statuses, times = collections.Counter(), []

        def visitor():
            began = time.monotonic()
            statuses[Answer(SITE + path).status] += 1
            times.append(time.monotonic() - began)

        visitors = []
        began = time.monotonic()
        for number in range(rate * seconds):
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            visitors.append(threading.Thread(target=visitor))
            visitors[-1].start()
        for one in visitors:
            one.join()
        return statuses, max(times)

    def assert_amplification(self, path, rate, seconds):
        statuses, slowest = self.read(path, rate, seconds)
        ratio = self.received(path) / (rate * seconds)
        print(f"{path}: {rate * seconds} reads, {self.received(path)} at the servers, {ratio:.2f} times, "
              f"answers {dict(statuses)}, slowest {slowest:.1f} s", flush=True)
        self.assertLessEqual(ratio, 1.1)
        return statuses

    def test_a_read_is_sent_once_more_and_not_thrice(self):
        self.assertEqual(Answer(SITE + "/busy").status, 503)
        self.assertEqual(self.received("/busy"), 2)

    def test_both_servers_slow(self):
        self.assert_amplification("/slow", 20, 60)

    def test_both_servers_too_busy(self):
        self.assert_amplification("/busy", 20, 60)

    def test_one_server_frozen_costs_a_reader_two_seconds(self):
        self.servers[0].frozen.set()
        try:
            statuses, slowest = self.read("/", 20, 15)
        finally:
            self.servers[0].frozen.clear()
        print(f"one server frozen: answers {dict(statuses)}, slowest {slowest:.1f} s", flush=True)
        self.assertEqual(set(statuses), {200})
        self.assertLess(slowest, 3)


class LocalhostTest(HaproxyTest):
    """localhost is no way round TLS for those who are elsewhere."""

    settings = {"FOOBAR_NAME": "www.foobar.test"}
    addresses = [f"{ELSEWHERE}/32"]

    def test_this_server_is_served(self):
        self.assertEqual(Answer("--header", "Host: localhost", SITE + "/").status, 200)

    def test_others_are_led_to_the_site_s_name(self):
        for host in ("localhost", "127.0.0.1", "[::1]", "LOCALHOST:80"):
            with self.subTest(host=host):
                answer = Answer("--header", f"Host: {host}", f"http://{ELSEWHERE}/")
                self.assertEqual(answer.status, 308)
                self.assertEqual(answer.headers["location"], "https://www.foobar.test/")


class TunnelTest(LocalhostTest):
    """A network that is named may say localhost, too."""

    settings = LocalhostTest.settings | {"FOOBAR_LOCAL": f"{ELSEWHERE}/32"}

    def test_others_are_led_to_the_site_s_name(self):
        self.assertEqual(Answer("--header", "Host: localhost", f"http://{ELSEWHERE}/").status, 200)


class NetworkTest(HaproxyTest):
    """One household has many addresses in IPv6, and does not hold the entrance shut."""

    SITE = "http://[2001:db8:2::1]"
    addresses = ["2001:db8:2::1/128", *(f"2001:db8:1:{number}::1/128" for number in range(1, 6))]

    def test_a_network_holds_a_fifth_of_the_connections_at_most(self):
        household = [self.connect(f"2001:db8:1:{number}::1") for number in range(1, 6) for _ in range(400)]
        self.addCleanup(lambda: [one.close() for one in household])
        time.sleep(1)
        held = sum(self.is_open(one) for one in household)
        print(f"{len(household)} connections from one /48: {held} are held", flush=True)
        self.assertLessEqual(held, 1580)
        self.assertGreater(held, 1500)
        self.assertEqual(Answer(f"{self.SITE}/").status, 200)

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

    def test_servers_are_told_the_network_and_nobody_else_tells_them(self):
        answer = Answer("--header", "X-Visitor-Network: 192.0.2.9", f"{self.SITE}/")
        self.assertEqual(answer.headers["x-received-network"], "2001:db8:2::")
        self.assertEqual(Answer(f"{SITE}/").headers["x-received-network"], "127.0.0.1")


class CrowdTest(HaproxyTest):
    """Connections that nobody uses give way when most are taken."""

    SITE = NetworkTest.SITE
    addresses = ["2001:db8:2::1/128",
                 *(f"2001:db8:1{network}:{number}::1/128" for network in range(5) for number in range(4))]

    def test_answers_end_their_connections_while_most_are_taken(self):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (10_000, most))
        self.assertEqual(self.connections(), ["1", "0", "0"])
        crowd = [NetworkTest.connect(address.partition("/")[0]) for address in self.addresses[1:] for _ in range(320)]
        self.addCleanup(lambda: [one.close() for one in crowd])
        self.assertEqual(self.connections(), ["1", "1", "1"])

    def connections(self, version="--http1.1"):
        """How many curl opened for each of three requests."""
        return subprocess.run(["curl", version, "--silent", "--output", "/dev/null", "--output", "/dev/null",
                               "--output", "/dev/null", "--write-out", "%{num_connects} ", *[f"{self.SITE}/"] * 3],
                              capture_output=True, text=True, check=True).stdout.split()


class LeavingTest(HaproxyTest):
    """Who is led to another balancer is told so with an answer."""

    SITE = SITE
    settings = {"FOOBAR_LEAVING": "on"}
    connections = CrowdTest.connections

    def test_every_answer_ends_its_connection(self):
        for version in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(version):
                self.assertEqual(self.connections(version), ["1", "1", "1"])
        self.assertEqual(self.received("/"), 6)


class LargeHeadersTest(HaproxyTest):
    """The outermost refuses what is too large, with a page, and lets through what others take."""

    def test_cookies_of_many_services_are_let_through(self):
        for protocol in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(protocol=protocol):
                self.assertEqual(Answer(protocol, "--header", "Cookie: a=" + "x" * 12_000, SITE + "/").status, 200)

    def test_larger_ones_are_refused_with_a_page(self):
        for protocol in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(protocol=protocol):
                answer = Answer(protocol, "--header", "Cookie: a=" + "x" * 20_000, SITE + "/")
                self.assertEqual(answer.status, 431, answer.error)
                self.assertIn("clear the cookies", answer.body)
                self.assertIn("strict-transport-security", answer.headers)
                self.assertEqual(self.received("/"), 0)

    def test_a_longer_address_is_refused_with_a_page(self):
        for protocol in ("--http1.1", "--http2-prior-knowledge"):
            with self.subTest(protocol=protocol):
                answer = Answer(protocol, SITE + "/?" + "x" * 20_000)
                self.assertEqual(answer.status, 414, answer.error)
                self.assertIn("address", answer.body)
                self.assertEqual(self.received("/"), 0)


if __name__ == "__main__":
    unittest.main()
