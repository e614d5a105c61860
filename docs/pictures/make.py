#!/usr/bin/env python3
"""Makes the pictures of this folder from the real screen.

    cargo build --release && python3 docs/pictures/make.py

needs tmux, and Python's `rich` (`pip install rich`); for the picture of the report also Chromium. Each picture is a scene: a bank,
keys, and the size of the terminal.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = Path(os.environ.get("RETAIN", ROOT / "target" / "release" / "retain"))
NOW = "2026-11-23T08:00:00+01:00"
# When the day is done, and figures are looked at.
EVENING = "2026-11-23T20:00:00+01:00"
DARK = TerminalTheme(
    (24, 26, 31),
    (208, 211, 218),
    [(24, 26, 31), (224, 108, 117), (126, 192, 105), (229, 192, 123), (97, 175, 239), (198, 120, 221), (86, 182, 194), (208, 211, 218)],
    [(120, 127, 140), (240, 128, 137), (146, 212, 125), (239, 202, 143), (117, 195, 255), (218, 140, 241), (106, 202, 214), (255, 255, 255)],
)

KINDS = """---
form: exact
deck: Kinds
markup: markdown
---

# Python
What does this print? {#print}

  ```python
  def double(n):
      return n * 2  # twice
  print(double(21))
  ```
- A. `42` *
- B. `21`
  > That is what goes in.
- C. an error
Explanation: `double` doubles, so B is half of it.

# Numbers
Which of these are *prime*, where $x^2 \\le 100$? {#prime}
- [x] 2
- [x] 7
- [ ] 9
  > It is $3^2$.
- [ ] None of the above

# Geography
Match the capitals. {#capitals}
Kind: match
- Norway
  -> Oslo
- Italy
  -> Rome
- Japan
  -> Tokyo

The capital of Iceland? {#iceland}
Kind: short
- Reykjavík
"""


def table(count):
    """A bank of so many questions, a times table."""
    lines = ["question,option 1,option 2,option 3,option 4,correct,topic"]
    pairs = [(a, b) for a in range(10, 35) for b in range(11, 31)]
    for a, b in pairs[:count]:
        options = ",".join(str(value) for value in (a * b, a * b + 10, a * b - a, a * b + b))
        lines.append(f"What is {a} × {b}?,{options},A,{a // 5 * 5} to {a // 5 * 5 + 4} times")
    return "\n".join(lines) + "\n"


# Name, columns, rows, what runs (in a folder with the banks), and the keys after which the screen is taken.
SCENES = [
    ("answered", 80, 18, "import mlops.txt --key first -q; {} review", ["{pick_right}"]),
    ("asked", 80, 18, "import mlops.txt --key first -q; {} review", ["A"]),
    ("code", 80, 20, "import kinds.txt -q; {} review --topic Python", ["c"]),
    ("several", 80, 16, "import kinds.txt -q; {} review --topic Numbers", ["a", "d", "Enter"]),
    ("pairs", 80, 18, "import kinds.txt -q; {} review --topic Geography --limit 2", ["1", "3"]),
    ("typed", 80, 14, "import kinds.txt -q; {} review --topic Geography", ["Tab", "Reykjavig", "Enter"]),
    ("about", 80, 24, "review --topic Monitoring --ahead 90", ["i"]),
    ("exam", 80, 16, "import table.csv --deck Tables -q; {} exam -n 20 --minutes 10", ["a", "b", "c"]),
    ("score", 80, 18, "import table.csv --deck Tables -q; {} exam -n 30", ["{product}", "{product}", "a"] * 10 + ["y"]),
    ("stats", 80, 60, "stats", []),
    ("home", 80, 12, "import table.csv --deck Tables -q; {} import mlops.txt --key first -q; {}", []),
]


def live(folder, environment):
    """Some weeks of one topic, so that there is something to know of its cards."""
    subprocess.run([PROGRAM, "import", folder / "mlops.txt", "--key", "first", "-q"], check=True, env=environment)
    for day, letter in [(0, "B"), (1, "A"), (4, "C"), (9, "A"), (20, "B"), (33, "C")]:
        date = 20 + day
        now = f"2026-10-{date:02}T08:00:00+01:00" if date <= 31 else f"2026-11-{date - 31:02}T08:00:00+01:00"
        command = [PROGRAM, "review", "--topic", "Monitoring", "--plain", "--ahead", "90", "--limit", "1"]
        subprocess.run(command, input=f"{letter}\n\n", text=True, capture_output=True, env=environment | {"RETAIN_NOW": now})


def study(folder, environment):
    """Nine weeks of two decks, by one who forgets what is not repeated and has some wrong answers by heart."""
    chance = random.Random(5)
    (folder / "few.csv").write_text(table(140))
    begin, end = date(2026, 9, 21), date(2026, 11, 23)
    at = lambda day, clock="08:00": environment | {"RETAIN_NOW": f"{day}T{clock}:00+01:00"}
    quiet = {"check": True, "capture_output": True}
    for line in (["import", "mlops.txt", "--key", "first"], ["import", "few.csv", "--deck", "Tables"]):
        subprocess.run([PROGRAM, *line], cwd=folder, env=at(begin), **quiet)
    for deck in ("MLOps", "Tables"):
        subprocess.run([PROGRAM, "deck", "set", deck, "new-per-day=3"], env=at(begin), **quiet)
    firsts = first_options()
    strength, habits = {}, {}
    for day in (begin + timedelta(days) for days in range((end - begin).days + 1)):
        if chance.random() < 0.15 and day != end:
            continue
        clock = "07:30" if day == end else chance.choice(["07:10", "07:40", "08:20", "12:15", "19:30", "20:45"])
        session = subprocess.Popen(
            [PROGRAM, "review", "--json"], env=at(day, clock), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        lucky = False
        for line in session.stdout:
            told = json.loads(line)
            if told["type"] == "question":
                stem, choices = told["stem"], told["choices"]
                right = next(choice for choice in choices if is_right(stem, choice["text"], firsts))
                last, lasting = strength.get(stem, (None, 0.6))
                known = 0.3 if last is None else 0.95 if last == day else 0.88 ** ((day - last).days / lasting)
                knows = chance.random() < known
                wrong = [choice for choice in choices if choice is not right]
                habit = habits.setdefault(stem, chance.choice(wrong)["text"])
                guess = chance.choice(choices + [choice for choice in wrong if choice["text"] == habit] * 2)
                pick = right if knows else guess
                lucky = not knows and pick is right
                lasting = lasting * (2.4 if last != day else 1.2) if knows else max(0.6, lasting / 3)
                strength[stem] = (day, lasting)
                ms = 500 if not knows and chance.random() < 0.05 else chance.randrange(3_000, 16_000)
                answer = {"type": "answer", "pick": [pick["label"]], "ms": ms}
            elif told["type"] == "feedback":
                rating = {"rating": "guessed"} if lucky else {}
                if told["right"] and not lucky and chance.random() < 0.2:
                    rating = {"rating": chance.choice(["hard", "easy"])}
                answer = {"type": "rate"} | rating
            else:
                continue
            session.stdin.write(json.dumps(answer) + "\n")
            session.stdin.flush()
        session.wait()
    # Before an exam cards come early, so its day is told last.
    for deck in ("MLOps", "Tables"):
        subprocess.run([PROGRAM, "deck", "set", deck, "exam=2026-12-14"], env=at(end), **quiet)


def is_right(stem, text, firsts):
    product = re.match(r"What is (\d+) × (\d+)", stem)
    return text == str(int(product[1]) * int(product[2])) if product else text in firsts


def first_options():
    """The texts of the options that the bank which ships has first, which are the right ones."""
    bank = (ROOT / "decks" / "mlops.txt").read_text()
    return [line.split(". ", 1)[1].strip() for line in bank.splitlines() if line.startswith("- A.")]


def report(folder, environment):
    """The head of the report, as a browser shows it."""
    browser = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if not browser:
        print("report: left out, for there is no Chromium")
        return
    page, picture = folder / "report.html", HERE / "report.png"
    subprocess.run([PROGRAM, "stats", "--html", page, "-q"], check=True, env=environment | {"RETAIN_NOW": EVENING})
    size = "--window-size=1100,1110"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking", size]
    subprocess.run([browser, *flags, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)


def tmux(*arguments):
    return subprocess.run(["tmux", "-L", "pictures", *arguments], check=True, capture_output=True, text=True).stdout


def take(folder, columns, rows, line, keys):
    database = folder / "retain.db"
    for old in folder.glob("retain.db*"):
        old.unlink()
    if line.startswith("review"):
        live(folder, os.environ | {"RETAIN_DB": str(database), "RETAIN_SEED": "3", "RETAIN_NOW": "2026-10-20T08:00:00+01:00"})
    dashboard = line == "stats"
    now = EVENING if dashboard else NOW
    if dashboard:
        study(folder, os.environ | {"RETAIN_DB": str(database), "RETAIN_SEED": "3"})
    environment = f"RETAIN_NOW={now} RETAIN_SEED=3 RETAIN_DB={database} TERM=xterm-256color"
    program = f"{environment} {PROGRAM}"
    shell = f"cd {folder}; clear; {program} {line.replace('{}', program)}; sleep 60"
    # A dashboard is longer than a screen: it is taken whole, and cut.
    height = 300 if dashboard else rows
    tmux("new-session", "-d", "-s", "scene", "-x", str(columns), "-y", str(height), f"sh -c '{shell}'")
    time.sleep(1.5)
    for key in keys:
        if key == "{pick_right}":
            screen = tmux("capture-pane", "-p", "-t", "scene")
            key = right_letter(screen)
        if key == "{product}":
            key = product_letter(tmux("capture-pane", "-p", "-t", "scene"))
        keys_of = [key] if key in ("Enter", "Tab") or len(key) == 1 else list(key)
        for one in keys_of:
            tmux("send-keys", "-t", "scene", one)
            time.sleep(0.2)
    time.sleep(0.6)
    screen = tmux("capture-pane", "-e", "-p", "-t", "scene")
    tmux("kill-session", "-t", "scene")
    time.sleep(1)
    if dashboard:
        screen = "\n".join(screen.split("\n")[:rows])
        report(folder, os.environ | {"RETAIN_DB": str(database), "RETAIN_SEED": "3"})
    # Where the scene was played is nobody's matter.
    return screen.replace(f"{folder}/", "~/")


def right_letter(screen):
    """The letter of the option that the bank has first."""
    firsts = first_options()
    for line in screen.splitlines():
        match = re.match(r"[ ›]*([A-H])  (.*)", line)
        if match and any(first.startswith(match.group(2).strip()[:40]) for first in firsts):
            return match.group(1).lower()
    return "a"


def product_letter(screen):
    """The letter of the option that is the product."""
    a, b = re.search(r"What is (\d+) × (\d+)", screen).groups()
    return re.search(rf"([A-D])  {int(a) * int(b)}\s*$", screen, re.M).group(1).lower()


def draw(name, columns, screen):
    console = Console(record=True, width=columns, file=open(os.devnull, "w"), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(screen.rstrip("\n")), soft_wrap=False)
    svg = console.export_svg(title="retain", theme=DARK, unique_id=name)
    # No font is fetched from anywhere: the reader's own fixed-width one is taken.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas")
    (HERE / f"{name}.svg").write_text(svg)


def main():
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "mlops.txt").write_text((ROOT / "decks" / "mlops.txt").read_text())
        (folder / "kinds.txt").write_text(KINDS)
        (folder / "table.csv").write_text(table(500))
        for name, columns, rows, line, keys in SCENES:
            if wanted and name not in wanted:
                continue
            draw(name, columns, take(folder, columns, rows, line, keys))
            print(name)


if __name__ == "__main__":
    main()
