"""What compiled code writes on stderr is kept back, and nothing else."""

import os
import subprocess
import sys
import threading

import pytest

from formcheck.system.quiet import native_stderr_silenced


def test_only_what_is_written_meanwhile_is_lost(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(2, b"before ")
    with native_stderr_silenced():
        os.write(2, b"meanwhile ")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before after"


def test_stderr_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), native_stderr_silenced():
        os.write(2, b"meanwhile " + bytes(1 // 0))
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_two_threads_do_not_lose_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    def silence_often() -> None:
        for _ in range(200):
            with native_stderr_silenced():
                os.write(2, b"meanwhile ")

    threads = [threading.Thread(target=silence_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_a_process_without_stderr_works() -> None:
    script = (
        "import os\n"
        "from formcheck.system.quiet import native_stderr_silenced\n"
        "os.close(2)\n"
        "with native_stderr_silenced():\n"
        "    print('works')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"works"
