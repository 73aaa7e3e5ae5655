"""Commands that take articles in."""

from __future__ import annotations

from typing import Any

from pactgraph.cli.arguments.options import add_command, add_formats


def add_fetch(commands: Any) -> None:
    command = add_command(
        commands,
        "fetch",
        "fetch an article: keep its text in a local folder and tell what is known of it",
        (
            "fetch https://example.org/2024/05/27/a-pact-is-signed",
            "fetch https://example.org/a-pact-is-signed --name example-2024-05-27 --archive",
        ),
    )
    command.add_argument("url", metavar="URL", help="an http or https address; its robots.txt is respected")
    command.add_argument(
        "--texts",
        metavar="DIR",
        help="the folder to keep it in (default: texts/ of the graph, not committed)",
    )
    command.add_argument(
        "--name", metavar="NAME", help="the name of its source (default: one made from the address)"
    )
    command.add_argument(
        "--archive", action="store_true", help="ask the Internet Archive whether it has the page"
    )
    command.add_argument(
        "--allow-loopback", action="store_true", help="fetch from this machine too, such as 127.0.0.1:8000"
    )
    add_formats(command, ("text", "json"))
