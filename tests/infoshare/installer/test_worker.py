"""The worker beside the web server: started again when it ends by itself, ended with the rest."""

import time
from pathlib import Path

import pytest

from infoshare.installer import checkout, worker


def test_it_is_started_again_when_it_ended_by_itself(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    checkout.PYTHON.parent.mkdir(parents=True)
    checkout.PYTHON.write_text("#!/bin/sh\necho $2; test -e again && exec sleep 60\ntouch again\n")
    checkout.PYTHON.chmod(0o755)
    one = worker.Worker({})
    one.start()
    one._process.wait(60)
    one.tend()
    assert one._process.poll() is not None  # not at once
    monkeypatch.setattr(worker, "PAUSE", 0.0)
    one.tend()
    log = checkout.LOGS / "worker.log"
    end = time.monotonic() + 60
    while log.read_text().count("run_worker") < 2 and time.monotonic() < end:
        time.sleep(0.05)
    one.tend()
    assert one._process.poll() is None
    one.stop()
    assert one._process.poll() is not None
    assert log.read_text() == "run_worker\nrun_worker\n"
    assert "is started again" in capfd.readouterr().err
