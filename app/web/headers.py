"""Security headers on every answer, and the identity of a request in the log."""

import re
import secrets

import structlog
from flask import Flask, Response, g, request
from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

HSTS_SECONDS = 63072000


def policy(*, https: bool) -> Secure:
    csp = (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'", "data:")
        .font_src("'self'")
        .connect_src("'self'")
        .form_action("'self'")
        .frame_ancestors("'none'")
        .base_uri("'none'")
        .manifest_src("'self'")
    )
    return Secure(
        csp=csp,
        xfo=XFrameOptions().deny(),
        xcto=XContentTypeOptions(),
        referrer=ReferrerPolicy().strict_origin_when_cross_origin(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        permissions=PermissionsPolicy().camera().geolocation().microphone().payment(),
        hsts=StrictTransportSecurity().max_age(HSTS_SECONDS).include_subdomains() if https else None,
    )


def init_app(app: Flask, *, https: bool) -> None:
    fixed = dict(policy(https=https).headers.items())

    @app.before_request
    def name_request() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        # A kept page must not carry the id of the request that happened to render it.
        if not g.get("cacheable_page"):
            response.headers["X-Request-Id"] = g.get("request_id", "")
        return response
