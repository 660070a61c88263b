"""`/dev/mail`: the mail of the one-machine default, readable in the browser."""

from flask import Blueprint

bp = Blueprint("dev", __name__, url_prefix="/dev")
