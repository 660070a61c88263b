"""A client that costs little: prepared bytes over kept-alive sockets, a few threads in each of two processes.

Requests go to 127.0.0.1 only, are bounded by their list and by time, and the client stops by itself.
"""

import multiprocessing
import socket
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Result:
    """How many answers of which status in how many seconds."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def per_second(self) -> float:
        return sum(self.statuses.values()) / self.seconds if self.seconds else 0.0


def run(
    port: int, requests: Sequence[bytes], *, connections: int, seconds: float, repeat: bool = False
) -> Result:
    """Sends `requests` over `connections` sockets until they or the `seconds` are used up.

    `repeat`: starts again at the first when the last is sent, for requests that may be sent twice.
    """
    processes = 2
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        jobs = [
            pool.apply_async(
                _drive, (port, list(requests[i::processes]), connections // processes, seconds, repeat)
            )
            for i in range(processes)
        ]
        parts = [job.get(timeout=seconds + 60) for job in jobs]
    total = Result(seconds=max(part.seconds for part in parts))
    for part in parts:
        total.statuses.update(part.statuses)
    return total


def _drive(port: int, requests: list[bytes], connections: int, seconds: float, repeat: bool) -> Result:
    statuses: list[Counter[int]] = [Counter() for _ in range(connections)]
    end = time.perf_counter() + seconds
    started = time.perf_counter()
    threads = [
        threading.Thread(
            target=_one_connection, args=(port, requests[i::connections], end, repeat, statuses[i])
        )
        for i in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = Result(seconds=time.perf_counter() - started)
    for part in statuses:
        result.statuses.update(part)
    return result


def _one_connection(
    port: int, requests: list[bytes], end: float, repeat: bool, statuses: Counter[int]
) -> None:
    connection: socket.socket | None = None
    buffer = bytearray(262144)
    while requests:
        for request in requests:
            if time.perf_counter() >= end:
                return
            if connection is None:
                connection = socket.create_connection(("127.0.0.1", port), timeout=30)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(request)
            status, keep = _read_answer(connection, buffer)
            statuses[status] += 1
            if not keep:
                connection.close()
                connection = None
        if not repeat:
            return


def _read_answer(connection: socket.socket, buffer: bytearray) -> tuple[int, bool]:
    """The status of one answer, read to its end by its Content-Length, and whether the server keeps the line."""
    view = memoryview(buffer)
    size = 0
    while True:
        got = connection.recv_into(view[size:])
        if not got:
            raise ConnectionError("the server closed the line")
        size += got
        head_end = buffer.find(b"\r\n\r\n", 0, size)
        if head_end >= 0:
            break
    head = bytes(buffer[:head_end]).lower()
    length = (
        int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]) if b"content-length:" in head else 0
    )
    left = head_end + 4 + length - size
    while left > 0:
        got = connection.recv_into(view[: min(left, len(view))])
        if not got:
            raise ConnectionError("the server closed the line")
        left -= got
    return int(head[9:12]), b"connection: close" not in head


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: keep-alive\r\n\r\n".encode()


def post(path: str, body: str, *, cookie: str) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: keep-alive\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"
    ).encode()
