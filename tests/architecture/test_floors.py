"""A package imports strictly lower floors (docs/architecture.md, 4). The offending line is named."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {
    **dict.fromkeys(["db", "clock", "errors", "access", "i18n", "queues"], 0),
    **dict.fromkeys(["web", "outbox", "audit", "text"], 1),
    **dict.fromkeys(["law", "territories", "files", "documents"], 2),
    "accounts": 3,
    **dict.fromkeys(["agencies", "councils"], 4),
    "duties": 5,
    **dict.fromkeys(["comments", "gatherings", "promises"], 6),
    **dict.fromkeys(["petitions", "consultations", "recommendations", "proposals"], 7),
    **dict.fromkeys(["sittings", "control"], 8),
    **dict.fromkeys(["notifications", "moderation", "statistics", "pages", "dev"], 9),
    **dict.fromkeys(["", "factory", "composition", "extensions", "schedule", "subscriptions", "local"], 10),
}
# Siblings of one floor that build on each other, and why. Nothing else may.
SIBLINGS = {
    # The kernel's modules know the kernel.
    **{
        (a, b): "kernel"
        for a in ("db", "i18n", "queues")
        for b in ("clock", "errors", "access", "db", "i18n")
    },
    ("councils", "agencies"): "a council stands at a body",
    ("web", "outbox"): "readiness and metrics speak of what waits",
    ("web", "text"): "forms clean what was typed",
    ("moderation", "statistics"): "the desk shows the same figures",
    ("moderation", "notifications"): "the desk shows what waits to be sent",
    ("dev", "notifications"): "the mail of the demo",
    ("", "factory"): "composition",
    **{
        ("factory", name): "composition"
        for name in ("composition", "extensions", "schedule", "subscriptions")
    },
    ("local", ""): "the one-machine default starts the whole",
}


def test_packages_import_lower_floors_only():
    wrong = [line for path in sorted((ROOT / "app").rglob("*.py")) for line in offences(path)]
    assert not wrong, "\n".join(wrong)


def test_every_exception_is_needed():
    used = {
        (package_of(path.relative_to(ROOT / "app").parts), module.split(".")[1] if "." in module else "")
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for module in imported(node)
    }
    kernel = {pair for pair, why in SIBLINGS.items() if why == "kernel"}
    assert set(SIBLINGS) - kernel <= used, set(SIBLINGS) - kernel - used


def offences(path: Path) -> list[str]:
    own = package_of(path.relative_to(ROOT / "app").parts)
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for module in imported(node):
            other = module.split(".")[1] if "." in module else ""
            if other not in FLOORS:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {module}: on no floor")
            elif other != own and FLOORS[other] >= FLOORS[own] and (own, other) not in SIBLINGS:
                found.append(
                    f"{path.relative_to(ROOT)}:{node.lineno} imports {module}: {own} (floor {FLOORS[own]}) "
                    f"stands on floor {FLOORS[other]}'s level or below"
                )
    return found


def package_of(parts: tuple[str, ...]) -> str:
    first = parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        if node.module == "app":
            return [
                f"app.{alias.name}"
                if (ROOT / "app" / alias.name).is_dir() or (ROOT / "app" / f"{alias.name}.py").exists()
                else "app"
                for alias in node.names
            ]
        return [node.module] if node.module.startswith("app.") else []
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name.split(".")[0] == "app"]
    return []
