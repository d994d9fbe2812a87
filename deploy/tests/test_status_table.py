"""The table of the status."""

import unittest

from site_builder import MISSING_TRANSACTIONS, group, group_with_two_balancers, pair, unit
from status_test_case import StatusTestCase

GROUP_TABLE = """\
database    role     behind  certificate  disk free  mysql-agent
web-01      primary  -       899 days     70 %       Member of the group
web-02      member   0 s     899 days     70 %       Member of the group
ops-01      member   0 s     899 days     70 %       Member of the group

web server  application  release       since                 nginx   at lb-01
web-01      ready        782b72a23420  2026-11-21 14:31 UTC  active  up
web-02      ready        782b72a23420  2026-11-21 14:31 UTC  active  up

balancer    HAProxy  certificate  maintenance
lb-01       active   60 days      off"""

PAIR_TABLE = """\
database    role               behind  semi-sync  certificate  disk free  mysql-agent
web-01      primary            -       on         899 days     70 %       The primary
web-02      replica            0 s     -          899 days     70 %       A replica
db-01       read-only replica  0 s     -          899 days     70 %       -
"""

UNHEALTHY_TABLE = """\
database    role         behind  certificate  disk free  mysql-agent
web-01      primary      -       899 days     70 %       Member of the group
web-02      unreachable  -       -            -          -
ops-01      offline      -       -3 days      4 %        Does not join: the group lacks [6f6f6261...

web server  application  release       since  nginx        at lb-01
web-01      failed       782b72a23420  -      active       down
web-02      unreachable  -             -      unreachable  drain

balancer    HAProxy  certificate  maintenance
lb-01       active   60 days      off"""

TWO_BALANCERS_TABLE = """\
web server  application  release       since                 nginx   at lb-01  at lb-02
web-01      ready        782b72a23420  2026-11-21 14:31 UTC  active  up        up
web-02      ready        782b72a23420  2026-11-21 14:31 UTC  active  up        drain

balancer    HAProxy  keepalived  address    certificate  maintenance
lb-01       active   active      10.0.0.10  60 days      off
lb-02       active   failed      -          60 days      on"""


class TableTests(StatusTestCase):
    def test_a_group(self) -> None:
        self.assertEqual(group().table(), GROUP_TABLE)

    def test_a_pair(self) -> None:
        self.assertEqual(pair().replica("db-01").table().partition("\nweb server")[0], PAIR_TABLE)

    def test_virtual_addresses(self) -> None:
        site = group_with_two_balancers().answer("lb-02", **unit("keepalived", "failed"), maintenance="on")
        site.answer("lb-02", **{"visitors.web-02": "DRAIN"})
        self.assertEqual(site.table().partition("\n\n")[2], TWO_BALANCERS_TABLE)

    def test_an_unhealthy_site(self) -> None:
        site = group().unreachable("web-02").answer("ops-01", **{"mysql.certificate_days": "-3"}, disk_used=" 96%")
        site.answer("web-01", **unit("foobar", "failed"), ready="000")
        site.answer("lb-01", **{"visitors.web-01": "DOWN", "visitors.web-02": "DRAIN"})
        site.outside_group("ops-01", "OFFLINE", f"{MISSING_TRANSACTIONS}ops-01")
        self.assertEqual(site.table(), UNHEALTHY_TABLE)


if __name__ == "__main__":
    unittest.main()
