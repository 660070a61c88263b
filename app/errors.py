"""What a service may answer instead of a result.

    DomainError            the rule says no; carries data, never sentences
    ├── NotFound           there is no such thing, or this actor may not know of it   404
    ├── Forbidden          it is there, the act is not allowed to this actor          403
    └── Conflict           the thing is not in a state in which the act exists        409
        └── InvalidInput   well-formed, but against a rule                            422

Packages derive their own errors from these; views and labels choose the words.
"""

from typing import ClassVar


class DomainError(Exception):
    status: ClassVar[int] = 409

    def __init__(self, **data: object) -> None:
        super().__init__(type(self).__name__)
        self.data = data

    def __str__(self) -> str:
        return f"{type(self).__name__}({', '.join(sorted(self.data))})"


class NotFound(DomainError):
    status = 404


class Forbidden(DomainError):
    status = 403


class Conflict(DomainError):
    status = 409


class InvalidInput(Conflict):
    status = 422
