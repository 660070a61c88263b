"""Why the one-machine default cannot start.

LocalError
├── EngineMissing      no usable binaries of an engine on this machine
├── EngineFailed       an engine was started and did not come up
└── StartRefused       something outside stands in the way (busy port, another run)

These are read by the operator in a terminal, so unlike the domain's errors they carry finished sentences.
"""


class LocalError(Exception):
    """One clear sentence for the terminal, with what to do about it."""


class EngineMissing(LocalError):
    """No usable binaries of an engine were found."""


class EngineFailed(LocalError):
    """An engine was started and did not answer."""


class StartRefused(LocalError):
    """The run cannot start beside what already is there."""
