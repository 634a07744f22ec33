"""Keys of the person's own: checked before the app opens, then used, shown and listed."""

import ast
import importlib
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen

import later_tui.ui.screens
from later_tui.cli.main import main
from later_tui.config.settings import Settings
from later_tui.domain.errors import ConfigError
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.ui import keymap
from later_tui.ui.app import LaterApp
from later_tui.ui.keymap import EVERY, PLACES
from later_tui.ui.own_keys import own_keys
from tests.ui.conftest import Open
from tests.ui.stage import Thought, new, rest, session, until
from tests.widgets.showing import shown


def screens() -> Iterator[type]:
    for module in pkgutil.iter_modules(later_tui.ui.screens.__path__):
        found = importlib.import_module(f"later_tui.ui.screens.{module.name}")
        for one in vars(found).values():
            ours = isinstance(one, type) and one.__module__ == found.__name__
            if ours and issubclass(one, Screen):
                yield one


@pytest.mark.parametrize("screen", screens(), ids=lambda screen: screen.__name__)
def test_every_key_of_a_screen_is_in_the_table(screen: type) -> None:
    for binding in vars(screen).get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        assert binding.id in EVERY, f"{binding.id} cannot be bound in the configuration"


def test_no_id_means_two_things() -> None:
    for keys in PLACES.values():
        for key in keys:
            assert EVERY[key.id] == key


@pytest.mark.parametrize("one", EVERY.values(), ids=lambda key: key.id)
def test_every_key_can_be_left_unbound_and_bound_anew(one: keymap.Key) -> None:
    assert own_keys({one.id: ""}, "config.toml") == {one.id: ""}
    assert own_keys({one.id: "f9"}, "config.toml") == {one.id: "f9"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"answer.dne": "D"},
            'c.toml: keys."answer.dne" is nothing that a key can do; expected "answer.done"',
        ),
        ({"zzz": "D"}, 'expected an id such as "answer.done" (`later keys` shows them all)'),
        ({"answer.done": "ctrl+i"}, 'keys."answer.done" is "ctrl+i", for which terminals send'),
        ({"answer.done": "ctrl+q"}, "ctrl+q, which always leaves; expected another key"),
        ({"input.leave": "q"}, '"q", which is typed there; expected a key such as ctrl+t'),
        ({"find.leave": "x"}, '"x", which is typed there; expected a key such as ctrl+t'),
        ({"find.enter": "n"}, '"n", which is typed there; expected a key such as ctrl+t'),
        (
            {"answer.done": "r"},
            'keys."answer.done" is "r", which is the key of "answer.again" on the main screen;',
        ),
        ({"answer.done": "question_mark"}, 'is "?", which is the key of "app.help" on'),
        ({"answer.done": "y", "answer.again": "y"}, 'is "y", which is the key of'),
        ({"app.log": "j"}, 'keys."app.log" is "j", which is the key of "list.down" on the main'),
        ({"app.log": "g"}, '"list.first"'),
        ({"panel.down": "q"}, '"detail.close" on the details'),
    ],
)
def test_what_cannot_be_bound_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        own_keys(given, "c.toml")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_keys_may_be_exchanged_and_nearer_ones_may_hide_the_same_ones() -> None:
    swapped = {"answer.done": "r", "answer.again": "d"}
    assert own_keys(swapped, "c.toml") == swapped
    # By default, too, the key that leaves the app goes back where there is a panel.
    both = {"app.quit": "Q", "detail.close": "Q"}
    assert own_keys(both, "c.toml") == both


def test_the_app_does_not_open_with_a_key_that_there_is_not(settings: Settings) -> None:
    with pytest.raises(ConfigError, match=r'config\.toml: keys\."answer\.dne"'):
        LaterApp(session(replace(settings, keys={"answer.dne": "D"})), open_store)


async def test_own_keys_are_used_and_shown_everywhere(running: Open, settings: Settings) -> None:
    own = {
        "thought.add": "f8,ctrl+n",
        "app.help": "ctrl+e",
        "view.next": "",
        "help.close": "ctrl+e",
    }
    async with running(session=session(replace(settings, keys=own))) as (app, pilot):
        assert "f8 add" in shown(app)
        assert "press f8, and write" in shown(app)
        assert "next view" not in shown(app)
        await pilot.press("a", "tab", "question_mark")
        await rest(pilot)
        assert app.screen is app.main
        assert app.main.unkept == ""
        await pilot.press("ctrl+e")
        await rest(pilot)
        assert "f8 ctrl+n" in shown(app)
        assert "ctrl+e back" in shown(app)
        await pilot.press("ctrl+e", "ctrl+n", "h", "i")
        await rest(pilot)
        assert app.main.unkept == "hi"


@pytest.mark.parametrize(("key", "words"), [("z", "sealed; z peeks"), ("", "sealed ")])
async def test_sentences_name_the_key_that_is_bound(
    running: Open, settings: Settings, store: Store, key: str, words: str
) -> None:
    await store.add(new(Thought(text="call mum")))
    own = {"thought.peek": key}
    async with running(session=session(replace(settings, keys=own))) as (app, pilot):
        await pilot.press("j", "enter")
        await until(pilot, lambda: words in shown(app))
        assert "p peeks" not in shown(app)


async def test_what_is_unbound_can_still_be_found_in_the_palette(
    running: Open, settings: Settings
) -> None:
    own = {"app.health": ""}
    async with running(session=session(replace(settings, keys=own))) as (app, pilot):
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "the app: status" in titles
        await pilot.press("i")
        assert app.screen is app.main


async def test_the_palette_shows_the_keys_and_finds_by_what_they_do(
    running: Open, settings: Settings
) -> None:
    own = {"answer.again": "ctrl+t"}
    async with running(session=session(replace(settings, keys=own))) as (app, pilot):
        await pilot.press("ctrl+p", *"new moment")
        await until(pilot, lambda: "thoughts: again" in shown(app))
        assert "draw a new moment for it (ctrl+t)" in shown(app)


async def test_the_palette_does_what_the_list_can_do(running: Open) -> None:
    async with running() as (app, pilot):
        commands = {one.title: one for one in app.get_system_commands(app.screen)}
        assert {"in a list: last", "while you write: new line", "the app: jump"} <= set(commands)
        await pilot.press("question_mark")
        await rest(pilot)
        commands = {one.title: one for one in app.get_system_commands(app.screen)}
        assert "in a panel: page down" in commands
        commands["the app: back"].callback()
        await rest(pilot)
        assert app.screen is app.main


def test_later_keys_lists_ids_keys_and_what_they_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"answer.done" = "D,ctrl+t"\n"arrived.done" = ""\n')
    assert main(["--config", str(file), "keys"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed] == list(EVERY)
    assert any(line.split()[:4] == ["answer.done", "D", "ctrl+t", "done"] for line in printed)
    assert any(line.split()[:3] == ["arrived.done", "-", "done"] for line in printed)
    assert main(["--config", str(file), "keys", "--json"]) == 0
    shapes = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    done = next(one for one in shapes if one["id"] == "answer.done")
    assert (done["keys"], done["own"]) == (["D", "ctrl+t"], True)
    assert "the details" in done["places"]


def test_later_keys_tells_a_conflict_in_a_sentence_below_the_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"answer.done" = "r"\n')
    assert main(["--config", str(file), "keys"]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f'later: {file}: keys."answer.done" is "r"')
    # The sentence may send one here: the table is there, with the usual keys.
    assert [line.split()[0] for line in printed.out.splitlines()] == list(EVERY)


def test_the_tables_keys_can_all_be_sent_by_a_terminal() -> None:
    from later_tui.ui.key_names import read_keys

    for key in EVERY.values():
        assert len(read_keys(key.keys)) == len(key.keys.split(",")), key.id
        assert ast.parse(key.action if "(" in key.action else f"{key.action}()")
