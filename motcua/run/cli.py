"""`motcua`: the one entry point. Each command is a module of `motcua.run.commands`.

A command module has a docstring (its first line is the help, the rest an example), `arguments(parser)`
and `run(options) -> int`. `NEEDS` says what it needs first: "nothing", "database" (the environment
names one, or the embedded server is started) or "django" (the same, and Django set up).
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import secrets
import sys
from collections.abc import Sequence
from types import ModuleType

from motcua import __version__
from motcua.run import commands, database, postgres


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 refused or failed, 2 wrong usage)."""
    modules = command_modules()
    parser = argparse.ArgumentParser(prog="motcua", description="Một Cửa — vận hành hệ thống.")
    parser.add_argument("--version", action="version", version=__version__)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="lệnh")
    for name, module in modules.items():
        help_line, example = told(module)
        sub = subparsers.add_parser(
            name,
            help=help_line,
            description=help_line,
            epilog=example,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.arguments(sub)
    options = parser.parse_args(argv)
    module = modules[options.command]
    try:
        prepare(getattr(module, "NEEDS", "django"))
        return int(module.run(options))
    except (database.SettingMissing, postgres.PostgresUnavailable) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def prepare(needs: str) -> None:
    """Bring up what a command needs: the embedded server where the environment names no database."""
    if needs == "nothing":
        return
    if not os.environ.get("DATABASE_URL"):
        database.embedded()
    os.environ.setdefault("MOTCUA_SECRET_KEY", local_secret())
    if needs == "django":
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.run.settings")
        import django

        django.setup()


def local_secret() -> str:
    """The secret key of this installation, made once and kept beside its data."""
    file = database.home() / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64))
    return file.read_text()


def told(module: ModuleType) -> tuple[str, str]:
    """What a command's module says of it: the line of help, and the example with what follows it."""
    help_line, _, example = (module.__doc__ or "").strip().partition("\n")
    return help_line, example.strip()


def command_modules() -> dict[str, ModuleType]:
    """Every command by its name."""
    names = sorted(info.name for info in pkgutil.iter_modules(commands.__path__))
    return {
        name.replace("_", "-"): importlib.import_module(f"{commands.__name__}.{name}")
        for name in names
    }


if __name__ == "__main__":
    sys.exit(main())
