"""Settings of gunicorn, for one machine and for production: `gunicorn --config python:app.local.webserver wsgi:app`."""

import os
from typing import Any

from prometheus_client import multiprocess

from app.db import db

worker_class = "gthread"
workers = int(os.environ.get("UNQOS_WEB_PROCESSES", "2"))
threads = int(os.environ.get("UNQOS_WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 10
# The application writes its own line per request, without the reader's address.
accesslog = None
errorlog = "-"
loglevel = "warning"
# Nobody here speaks to it, and it would be a file in the home directory.
control_socket_disable = True
# The application is loaded once and shared by the workers: half the time to start, and less memory.
preload_app = True


def post_fork(server: Any, worker: Any) -> None:
    """Keeps a new worker away from connections that its parent may have opened while it loaded."""
    with worker.app.wsgi().app_context():
        db.engine.dispose(close=False)


def child_exit(server: Any, worker: Any) -> None:
    """Lets the figures of a worker that has ended count on, but no longer as running."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)
