# Sourced by the commands beside it: ROOT is the clone, PYTHON a Python that is new enough.

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

# Whatever these say is meant for other programs; with the second one ours would not find their neighbours.
unset PYTHONHOME PYTHONSAFEPATH

find_python() {
    for candidate in ${UNQOS_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        # A name alone proves little: version managers leave names behind that start nothing.
        if "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            PYTHON=$candidate
            return
        fi
    done
    found=$(python3 -c 'import platform; print("this machine has Python " + platform.python_version())' 2>/dev/null) ||
        found="none was found"
    echo "Únqos needs Python 3.11 or newer, and $found. Install one (Debian and Ubuntu: sudo apt install python3;" \
        "macOS: brew install python) and start again." >&2
    exit 2
}

find_python
