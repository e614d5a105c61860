#!/usr/bin/env python3
"""Measures Anki on the files that `cargo bench --bench floor -- --files FOLDER` writes.

    python3 benches/peer/anki.py FOLDER [--json FILE]

FOLDER holds `table.csv`, `history.csv` and, if there is one, `all.apkg`; it is only looked at. All work is done in a
temporary folder that is removed at the end. The README beside this file says what each row counts.
"""

import argparse
import datetime
import importlib.util
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

# Python looks beside the script first, and this file has the name of the package: it would import itself.
HERE = pathlib.Path(__file__).resolve().parent
sys.path = [place for place in sys.path if pathlib.Path(place or ".").resolve() != HERE]
INSTALLED = importlib.util.find_spec("anki") is not None
sys.path.append(str(HERE / "work"))

MEASURED_WITH = "26.9.3"
# The moment of the benchmarks of `retain`. The log is moved by whole days, so that it is as old for Anki.
NOW = "2026-11-23T08:00:00+00:00"
# A row is measured again until all of its runs took this long.
ENOUGH_SECONDS = 15
FIGURES = ("clock_s", "p99_s", "slowest_s", "cpu_s", "peak_mb", "size_mb")


class Bench:
    """One run over one folder of files: it copies a collection, starts a process and prints what came back."""

    def __init__(self, options, folder, rows):
        self.options, self.folder, self.rows = options, folder, rows
        temporary = folder / "tmp"
        temporary.mkdir()
        # Nothing is written outside the folder, no compiled modules either.
        self.environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        self.environment.update({name: str(folder) for name in ("HOME", "USERPROFILE")})
        self.environment.update({name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")})
        paths = {
            "table": options.folder / "table.csv",
            "history": options.folder / "history.csv",
            "import": folder / "import.csv",
            "edited": folder / "edited.csv",
            "package": folder / "made.apkg",
            "collection": folder / "run" / "collection.anki2",
        }
        self.job = {name: str(path) for name, path in paths.items()}
        self.job.update({"answers": options.answers, "move_days": options.move_days})

    def process(self, name, *, wrapper=(), **more):
        """What a fresh process found, and how long it took to its first line."""
        job = json.dumps({**self.job, **more})
        command = [*wrapper, sys.executable, str(HERE / "anki.py"), "--child", name, job]
        begin = time.perf_counter()
        running = subprocess.Popen(command, env=self.environment, cwd=self.folder, stdout=subprocess.PIPE, text=True)
        first = running.stdout.readline()
        answered = time.perf_counter() - begin
        lines = (first + running.stdout.read()).splitlines()
        if running.wait() != 0 or not lines:
            sys.exit(f"the work `{name}` failed; the reason is above")
        return json.loads(lines[-1]), answered

    def copy(self, source):
        run = self.folder / "run"
        shutil.rmtree(run, ignore_errors=True)
        run.mkdir()
        if source:
            shutil.copyfile(self.folder / f"{source}.anki2", self.job["collection"])

    def keep(self, name):
        os.replace(self.job["collection"], self.folder / f"{name}.anki2")

    def change(self, name, source, kept):
        """A step that is not measured."""
        self.copy(source)
        found, _ = self.process(name)
        self.keep(kept)
        return found["found"]

    def measure(self, name, source=None, *, keep=None, first_line=None, **more):
        """Each run has a fresh process and a fresh copy. The figures are medians over the runs."""
        runs, spent = [], 0.0
        while len(runs) < self.options.runs and (spent < ENOUGH_SECONDS or not runs):
            self.copy(source)
            begin = time.perf_counter()
            found, answered = self.process(name, **more)
            spent += time.perf_counter() - begin
            rows = found["found"]
            if first_line:
                rows.append({"row": first_line, "clock_s": answered, "note": "Python and the package load first"})
            runs.append([{**row, "peak_mb": found["peak_mb"]} for row in rows])
        if keep:
            self.keep(keep)
        for same in zip(*runs):
            row = {**same[0], "runs": len(same)}
            for figure in FIGURES:
                values = [one[figure] for one in same if one.get(figure) is not None]
                if values:
                    row[figure] = statistics.median(values)
            self.show(row)

    def show(self, row):
        times = [duration(row.get(name)) for name in ("clock_s", "p99_s", "cpu_s")]
        amounts = [megabytes(row.get(name)) for name in ("peak_mb", "size_mb")]
        figures = "".join(f"{figure:>11}" for figure in times + amounts)
        print(f"{row['row']:<50}{figures}{row.get('runs', 1):>6}  {row.get('note', '')}".rstrip(), flush=True)
        self.rows(row)

    def syncs(self):
        """How often an answer waits for the disk. Two counts are compared, so that opening and closing drop out."""
        name = "  syncs for one answer"
        if not shutil.which("strace"):
            return self.show({"row": name, "note": "not counted: there is no `strace`"})
        trace = self.folder / "trace"
        # Some containers do not allow it.
        probe = subprocess.run(["strace", "-o", str(trace), sys.executable, "-c", ""], capture_output=True, check=False)
        if probe.returncode != 0:
            return self.show({"row": name, "note": "not counted: `strace` is not allowed to trace here"})
        counts = []
        for number in (50, 250):
            self.copy("many")
            wrapper = ("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace))
            found, _ = self.process("answers", wrapper=wrapper, answers=number)
            # A call that another thread interrupts has a second line, which says `resumed` and no bracket.
            calls = sum("sync(" in line for line in trace.read_text().splitlines())
            counts.append((found["found"][0].get("times", 0), calls))
        (less, before), (more, after) = counts
        if more == less:
            return self.show({"row": name, "note": "not counted: too few cards are due"})
        each = (after - before) / (more - less)
        return self.show({"row": name, "syncs": each, "note": f"{each:.2f} by `strace`, over {more - less} answers"})

    def all(self):
        facts = self.change("prepare", None, "empty")
        self.job.update({name: facts[name] for name in ("questions", "word", "move_days")})
        if self.options.word:
            self.job["word"] = self.options.word
        header(self.options, facts)
        plain, edited = self.job["import"], self.job["edited"]
        self.measure("load")
        self.measure("import_table", "empty", keep="cards", csv=plain, label="import of the table")
        self.measure("import_table", "cards", csv=plain, label="import again, unchanged")
        self.measure("import_table", "cards", csv=edited, label="import again, one question of 100 edited")
        self.measure("import_log", "cards", keep="log")
        self.measure("memory", "log", reschedule=False, keep="known", label="memory of all cards: FSRS is switched on")
        self.measure("memory", "log", keep="dated", reschedule=True, label="  the same, and due dates from it")
        self.job["dated"] = str(self.folder / "dated.anki2")
        self.change("due_dates", "known", "full")
        self.measure("start", "full", first_line="start to the first question, whole process")
        self.change("high_limits", "full", "many")
        self.measure("answers", "many")
        self.syncs()
        self.measure("bare_sync")
        self.measure("undo", "many")
        for name in ("home", "fit", "evaluate", "graphs", "search", "check", "size", "backup", "package_out"):
            self.measure(name, "full")
        self.measure("package_in", "empty", label="package with history, in")
        given = self.options.folder / "all.apkg"
        if given.exists():
            self.measure("package_in", package=str(given), label="package that `retain` made, in")


def duration(seconds):
    if seconds is None:
        return "-"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1_000:.2f} ms"


def megabytes(amount):
    return "-" if amount is None else f"{amount:.1f} MB"


def machine():
    """What the figures depend on."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpus": usable,
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": f"{platform.system()} on {platform.machine()}",
        "python": platform.python_version(),
        "date": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def header(options, facts):
    here = machine()
    print(f"Anki {options.version}, Python {here['python']}, {here['system']}, {here['cpus']} CPUs")
    print(f"{here['date']}, load {here['load']}")
    print(f"{facts['questions']} questions, {facts['answers']} answers, moved by {facts['move_days']} days\n")
    if options.version != MEASURED_WITH:
        print(f"note: this script was written for Anki {MEASURED_WITH}", file=sys.stderr)
    names = ("clock", "p99", "CPU", "peak", "size")
    print(f"{'':<50}{''.join(f'{name:>11}' for name in names)}{'runs':>6}")


def anki_version():
    if not INSTALLED:
        install = f"{sys.executable} -m pip install anki=={MEASURED_WITH}"
        sys.exit(f"the package `anki` is not installed for this Python\nhint: in a scratch venv, run `{install}`")
    try:
        import anki.collection  # noqa: F401
    except ImportError as problem:
        sys.exit(f"the package `anki` is installed, but it does not load: {problem}")
    from importlib.metadata import version

    return version("anki")


def arguments():
    about = "Measures Anki on the files that `cargo bench --bench floor -- --files FOLDER` writes."
    parser = argparse.ArgumentParser(description=about)
    holds = "holds table.csv, history.csv and perhaps all.apkg"
    parser.add_argument("folder", type=pathlib.Path, metavar="FOLDER", help=holds)
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="also write each row as a line of JSON")
    moment = os.environ.get("RETAIN_NOW", NOW)
    parser.add_argument("--now", default=moment, help="the moment that `retain` was measured at")
    parser.add_argument("--word", help="the word to search for; else one that is in about one question of 100")
    parser.add_argument("--answers", type=int, default=1_000, help="answers in a row (1000)")
    parser.add_argument("--runs", type=int, default=5, help="the most runs of a row (5); a long one gets fewer")
    parser.add_argument("--temp", type=pathlib.Path, metavar="DIR", help="where the temporary folder is made")
    options = parser.parse_args()
    for name in ("table.csv", "history.csv"):
        if not (options.folder / name).is_file():
            parser.error(f"there is no `{name}` in `{options.folder}`")
    if options.temp and not options.temp.is_dir():
        parser.error(f"`{options.temp}` is no folder")
    if options.runs < 1 or options.answers < 1:
        parser.error("`--runs` and `--answers` are at least 1")
    try:
        now = datetime.datetime.fromisoformat(options.now.replace("Z", "+00:00"))
    except ValueError:
        parser.error(f"`{options.now}` is no time such as {NOW}")
    if now.tzinfo is None:
        parser.error(f"`{options.now}` has no offset from UTC, such as +00:00")
    options.move_days = int((time.time() - now.timestamp()) // 86_400)
    options.folder = options.folder.resolve()
    return options


def main():
    sys.dont_write_bytecode = True
    if len(sys.argv) == 4 and sys.argv[1] == "--child":
        from anki_rows import child

        return child(sys.argv[2], json.loads(sys.argv[3]))
    options = arguments()
    options.version = anki_version()
    lines = open(options.json, "w", encoding="utf-8") if options.json else None

    def rows(row):
        if lines:
            print(json.dumps({**row, "anki": options.version, **machine()}), file=lines, flush=True)

    with tempfile.TemporaryDirectory(prefix="anki-bench-", dir=options.temp) as folder:
        Bench(options, pathlib.Path(folder).resolve(), rows).all()
    if lines:
        lines.close()
    return None


if __name__ == "__main__":
    main()
