"""Who may run a view. Every view carries exactly one of these marks; a test proves it over all routes.

`on` loads the thing that the address names before the view's body runs: there is no way to hold it unchecked.
404 if this actor may not know of it, 403 if the act is not for them, 409 if the thing is not in a state for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Response, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import ANONYMOUS, Actor, Role
from app.errors import Forbidden, NotFound

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Subject:
    """How things of one model are found by their address and asked about.

    `load(**values)` takes the address's values and returns the thing or None; `may_know(actor, thing)` says whether
    the actor may know that it exists; `check(action, actor, thing)` raises Forbidden or Conflict. `opens(token, thing)`
    says whether a private link's secret lets its holder know of it too.
    """

    load: Callable[..., Any]
    may_know: Callable[[Actor, Any], bool]
    check: Callable[[Any, Actor, Any], None]
    values: tuple[str, ...] = ("number",)
    opens: Callable[[str, Any], bool] = lambda token, thing: False


_subjects: dict[type[Any], Subject] = {}


def register(model: type[Any], subject: Subject) -> None:
    _subjects[model] = subject


def current_actor() -> Actor:
    """Whoever sent this request, as the database knows them now."""
    actor: Actor = getattr(current_user, "actor", ANONYMOUS)
    return actor


def _mark(view: Callable[..., Any], guard: str) -> None:
    view.guards = (*getattr(view, "guards", ()), guard)  # type: ignore[attr-defined]


def public(view: View) -> View:
    """Open to everybody."""
    _mark(view, "public")
    return view


def signed_in(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open to people who signed in and have one of `roles` (any, if none is named)."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            actor = current_actor()
            if actor.is_anonymous:
                return to_sign_in()
            if roles and not actor.roles.intersection(roles):
                raise Forbidden(reason="role")
            return view(*args, **kwargs)

        _mark(wrapped, "signed_in:" + ",".join(sorted(roles)))
        return wrapped

    return decorate


def on(
    model: type[Any], *, may: Any = None, by_link: bool = False, needs_sign_in: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Loads the `model` that the address names and hands it to the view, if the actor may do `may` to it.

    Without `may`, knowing that it exists is enough. With `by_link`, the holder of the private link (its secret comes
    as `token`) may know of it as well. With `needs_sign_in` a visitor is sent to sign in before anything is looked
    up: whoever comes from a mail to a page of their own is not told that there is none.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapped(**kwargs: Any) -> Any:
            if needs_sign_in and current_actor().is_anonymous:
                return to_sign_in()
            subject = _subjects[model]
            thing = subject.load(**{name: kwargs.pop(name) for name in subject.values})
            actor = current_actor()
            known = thing is not None and (
                subject.may_know(actor, thing)
                or (by_link and subject.opens(request.values.get("token", ""), thing))
            )
            if not known:
                raise NotFound(kind=model.__name__)
            if may is not None:
                try:
                    subject.check(may, actor, thing)
                except Forbidden:
                    if actor.is_anonymous:
                        return to_sign_in()
                    raise
            g.subject = thing
            return view(thing, **kwargs)

        _mark(wrapped, f"on:{model.__name__}:{may or 'know'}")
        return wrapped

    return decorate


def claimed(role: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """For the one view that must be fast: the signed cookie's claim of `role` opens it, and the view's single
    statement checks the session, the account and the petition's state in the database."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if "_user_id" not in session:
                return to_sign_in()
            if session.get("role") != role:
                raise Forbidden(reason="role")
            return view(*args, **kwargs)

        _mark(wrapped, f"claimed:{role}")
        return wrapped

    return decorate


def to_sign_in() -> ResponseReturnValue:
    """To the sign-in page, and from there back to the page that was asked for."""
    if request.method not in ("GET", "HEAD"):
        back = request.referrer or ""
        path = back.split(request.host, 1)[-1] if request.host in back else "/"
    else:
        path = request.full_path.rstrip("?")
    address = url_for("accounts.sign_in", next=path)
    if request.headers.get("HX-Request"):
        # A part of a page was asked for; the whole page goes to sign in, not the part.
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, 303)


def own_path(target: str | None) -> str | None:
    """`target` if it is a path on this site and nothing else, so that a link cannot send people elsewhere."""
    if not target or not target.startswith("/") or any(c in target for c in "\\\r\n\t\0"):
        return None
    if target.startswith("//") or "%2f%2f" in target.lower()[:8] or "%5c" in target.lower():
        return None
    return target
