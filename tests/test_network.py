"""Nothing leaves the machine: a real run, watched from outside by strace."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.marks import SLOW, one_worker

REPO = Path(__file__).parent.parent
PROXY_VARIABLES = {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}
GUARD = ("127.0.0.1", "9")
"""The closed door to which formcheck points MediaPipe's reports."""

# MediaPipe was seen to send when a task is closed, within milliseconds, and never before.
RUN = """
import time
import formcheck
from formcheck.pose import landmarker
from formcheck.pose.models import locate
from tests.test_landmarker import person
{before}
with landmarker.Landmarker(locate("lite")) as eyes:
    for number in range(10):
        assert eyes.detect(person(), number / 30)
    eyes.restart()
    assert eyes.scout(person(), 0)
time.sleep(2)
print("done")
"""
ANALYZE = """
from formcheck.cli.main import run
video = "samples/clips/heel_step_f.mp4"
options = ["-e", "heel-raise", "--out", {out!r}, "--db", {db!r}, "--model", "lite", "--quiet"]
assert run(["analyze", video, *options]) == 0
print("done")
"""
UNGUARDED = "landmarker._keep_on_this_machine = lambda: None"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="strace, which watches the network here, exists on Linux only"
)


def destinations(strace_log: str) -> set[tuple[str, str]]:
    """Address and port of all that was connected or sent to; ("socket", path) for local ones."""
    found = set()
    for line in strace_log.splitlines():
        if not re.search(r"\b(connect|sendto|sendmsg|sendmmsg)\(", line):
            continue
        for port, address in re.findall(
            r'sin6?_port=htons\((\d+)\).*?inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"', line
        ):
            found.add((address, port))
        found |= {("socket", path) for path in re.findall(r'sun_path=@?"([^"]+)"', line)}
    return found


def leaks(strace_log: str) -> set[tuple[str, str]]:
    """Destinations by which something could leave: other hosts, and local name services."""
    found = destinations(strace_log)
    local = {d for d in found if d[0] == "socket" and not re.search("nscd|resolve", d[1])}
    return found - local - {GUARD}


def watched_run(script: str, folder: Path, extra: Mapping[str, str]) -> str:
    """Run a Python script under strace; give what it did with the network."""
    strace = shutil.which("strace")
    assert strace, "this test needs strace: apt-get install strace"
    log = folder / "strace.log"
    env = {k: v for k, v in os.environ.items() if k.lower() not in PROXY_VARIABLES}
    command = [strace, "-f", "-qq", "-s", "256", "-e", "trace=network", "-o", str(log)]
    done = subprocess.run(
        [*command, sys.executable, "-c", script],
        cwd=REPO,
        env={**env, **extra},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "done\n", done.stderr
    return log.read_text()


BY_PROXY = pytest.mark.parametrize(
    "proxies",
    [
        {},
        {"https_proxy": "http://192.0.2.1:3128", "HTTPS_PROXY": "http://192.0.2.1:3128"},
        {"no_proxy": "*", "NO_PROXY": "*"},
        {"all_proxy": "http://192.0.2.1:3128", "NO_PROXY": "googleapis.com"},
    ],
    ids=["plain", "behind a proxy", "proxies switched off", "proxy for some"],
)


@BY_PROXY
def test_a_real_run_reaches_nobody(proxies: Mapping[str, str], tmp_path: Path) -> None:
    log = watched_run(RUN.format(before=""), tmp_path, proxies)
    assert leaks(log) == set()
    assert GUARD in destinations(log)  # the report was tried, and ended at the door


def bounds() -> list[str]:
    """The oldest and the newest version of MediaPipe that may be installed."""
    project = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]
    (asked,) = (r for r in map(Requirement, project["dependencies"]) if r.name == "mediapipe")
    versions = {one.operator: one.version for one in asked.specifier}
    return [versions[">="], versions["<="]]


@dataclass(frozen=True)
class OtherMediaPipe:
    """A MediaPipe of its own: what to put into the environment, and into a script, to use it."""

    environment: Mapping[str, str]
    script: str


@pytest.fixture(scope="module")
def of_version(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> OtherMediaPipe:
    folder = tmp_path_factory.mktemp("mediapipe")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    asked = ["--no-deps", "--target", str(folder), f"mediapipe=={request.param}"]
    # The environment of Python: the one of compiled code may have the guard's proxy in it, from a
    # test of this process that ran MediaPipe.
    subprocess.run([*pip, *asked], check=True, timeout=200, env=dict(os.environ))
    script = (
        "import mediapipe, importlib.metadata\n"
        f"assert mediapipe.__file__.startswith({str(folder)!r})\n"
        f"assert importlib.metadata.version('mediapipe') == {request.param!r}\n"
    )
    return OtherMediaPipe({"PYTHONPATH": os.pathsep.join([str(folder), str(REPO)])}, script)


ALLOWED = pytest.mark.parametrize(
    "of_version",
    [pytest.param(v, marks=[SLOW, one_worker(f"mediapipe {v}")]) for v in bounds()],
    indirect=True,
)


@ALLOWED
@BY_PROXY
def test_the_oldest_and_newest_mediapipe_reach_nobody(
    of_version: OtherMediaPipe, proxies: Mapping[str, str], tmp_path: Path
) -> None:
    script = RUN.format(before=of_version.script)
    log = watched_run(script, tmp_path, {**proxies, **of_version.environment})
    assert leaks(log) == set()
    assert GUARD in destinations(log)


@ALLOWED
def test_without_the_guard_the_attempt_of_either_is_seen(
    of_version: OtherMediaPipe, tmp_path: Path
) -> None:
    script = RUN.format(before=of_version.script + UNGUARDED)
    assert leaks(watched_run(script, tmp_path, of_version.environment))


def test_analyze_reaches_nobody(tmp_path: Path) -> None:
    out, db = str(tmp_path / "out"), str(tmp_path / "history.db")
    log = watched_run(ANALYZE.format(out=out, db=db), tmp_path, {})
    assert leaks(log) == set()
    assert (tmp_path / "out" / "report.html").exists()


def test_without_the_guard_the_attempt_is_seen(tmp_path: Path) -> None:
    """Else the tests above would prove nothing."""
    log = watched_run(RUN.format(before=UNGUARDED), tmp_path, {})
    assert leaks(log)
    assert GUARD not in destinations(log)


def test_python_code_of_the_same_process_keeps_its_proxy() -> None:
    script = (
        "import os, urllib.request\n"
        "from formcheck.pose import landmarker\n"
        "landmarker._keep_on_this_machine()\n"
        "print(urllib.request.getproxies()['https'], os.environ['no_proxy'])\n"
    )
    mine = {"https_proxy": "http://192.0.2.1:3128", "no_proxy": "localhost"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPO,
        env={**os.environ, **mine},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "http://192.0.2.1:3128 localhost\n"


@pytest.mark.parametrize(
    ("line", "leak"),
    [
        ('7 connect(7, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X0"}, 20) = 0', set()),
        ('7 connect(7, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X0"}, 20) = 0', set()),
        ("7 sendto(3, [{nlmsg_len=20}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0}, 12) = 20", set()),
        (
            '7 connect(7, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT',
            {("socket", "/var/run/nscd/socket")},
        ),
        (
            "7 connect(7, {sa_family=AF_INET, sin_port=htons(53), "
            'sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
            {("127.0.0.53", "53")},
        ),
        (
            "7 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), "
            'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28 <unfinished ...>',
            {("2001:db8::1", "443")},
        ),
        (
            '7 sendto(3, "x", 1, MSG_NOSIGNAL, {sa_family=AF_INET, sin_port=htons(514), '
            'sin_addr=inet_addr("192.0.2.7")}, 16) = 1',
            {("192.0.2.7", "514")},
        ),
        (
            "7 connect(6, {sa_family=AF_INET, sin_port=htons(9), "
            'sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS',
            set(),
        ),
    ],
)
def test_the_watch_tells_leaks_from_local_talk(line: str, leak: set[tuple[str, str]]) -> None:
    assert leaks(line) == leak
