"""The work that is measured. Each function runs in a fresh process and returns its rows; times are in seconds."""

import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import sys

from anki_files import ROOT, Watch, import_log, open_collection, prepare

# Anki keeps 30 steps of undo.
UNDO_STEPS = 30
# The cards that the window of the deck options fits on.
PRESET = 'preset:"Default" -is:suspended'


def load(job):
    """What Python and the package hold before anything is done."""
    with Watch() as watch:
        import anki.collection  # noqa: F401
    return [watch.row("Python loads the package `anki`", "in no other row but the start of a whole process")]


def import_table(job):
    col = open_collection(job)
    from anki.collection import ImportCsvRequest

    with Watch() as watch:
        metadata = col.get_csv_metadata(job["csv"], None)
        log = col.import_csv(ImportCsvRequest(path=job["csv"], metadata=metadata)).log
    kinds = ("new", "updated", "duplicate", "first_field_match", "conflicting", "missing_notetype", "missing_deck")
    kinds += ("empty_first_field",)
    found = [f"{len(getattr(log, kind))} {kind.replace('_', ' ')}" for kind in kinds if getattr(log, kind)]
    row = watch.row(job["label"], ", ".join(found))
    col.close()
    return [row]


def set_options(col, *, reschedule=False, limit=None):
    """Saves the deck options, as the window of Anki does. FSRS is on afterwards."""
    from anki.deck_config_pb2 import UpdateDeckConfigsRequest

    deck = col.decks.id(ROOT)
    options = col.decks.get_deck_configs_for_update(deck)
    configs = [entry.config for entry in options.all_config]
    for config in configs if limit else []:
        config.config.new_per_day = config.config.reviews_per_day = limit
    request = UpdateDeckConfigsRequest(target_deck_id=deck, configs=configs, fsrs=True, fsrs_reschedule=reschedule)
    request.limits.CopyFrom(options.current_deck.limits)
    col.decks.update_deck_configs(request)


def memory(job):
    col = open_collection(job)
    with Watch() as watch:
        set_options(col, reschedule=job["reschedule"])
    known = col.db.scalar("select count(*) from cards where data like '%\"s\":%'")
    row = watch.row(job["label"], f"{known} cards with a memory")
    col.close()
    return [row]


def high_limits(job):
    """Enough cards for many answers in a row, with the root of the decks chosen. Measures nothing."""
    col = open_collection(job)
    set_options(col, limit=9_999)
    col.decks.set_current(col.decks.id(ROOT))
    col.close()
    return []


def due_dates(job):
    """The due dates of another collection, and the root of the decks is chosen. Measures nothing.

    When Anki sets due dates again, it adds a row to the log for each card. This log has no such rows.
    """
    db = sqlite3.connect(job["collection"], isolation_level=None)
    db.execute("attach ? as other", [job["dated"]])
    db.execute("update cards set ivl = o.ivl, due = o.due from other.cards o where o.id = cards.id")
    db.close()
    col = open_collection(job)
    col.decks.set_current(col.decks.id(ROOT))
    col.close()
    return []


def next_card(col):
    from anki.cards import Card

    queue = col.sched.get_queued_cards(fetch_limit=1)
    if not queue.cards:
        return None, None
    card = Card(col, backend_card=queue.cards[0].card)
    card.start_timer()
    return card, queue.cards[0].states


def start(job):
    from anki.collection import Collection

    with Watch() as opened:
        col = Collection(job["collection"])
    with Watch() as queued:
        card, _ = next_card(col)
    with Watch() as shown:
        text = card.question() if card else ""
    # The parent looks at the clock when this line comes.
    print("question" if text else "nothing", flush=True)
    whole = {"row": "start to the first question, in a loaded process", "note": "nothing is due" if not text else "",
             "clock_s": opened.clock + queued.clock + shown.clock, "cpu_s": opened.cpu + queued.cpu + shown.cpu}
    return [whole, opened.row("  of it, the collection opens"), queued.row("  of it, the queue of the day")]


def answers(job):
    """Answers in a row: mostly good, one of eight again."""
    col = open_collection(job)
    from anki.scheduler.v3 import CardAnswer

    card, states = next_card(col)
    taken, shown, cpu, shown_cpu = [], [], 0.0, 0.0
    while card and len(taken) < job["answers"]:
        card.question()
        rating = CardAnswer.AGAIN if len(taken) % 8 == 7 else CardAnswer.GOOD
        with Watch() as answered:
            col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=rating))
            card, states = next_card(col)
        with Watch() as rendered:
            if card:
                card.question()
        taken.append(answered.clock)
        shown.append(answered.clock + rendered.clock)
        cpu += answered.cpu
        shown_cpu += answered.cpu + rendered.cpu
    mode, level = col.db.scalar("pragma journal_mode"), col.db.scalar("pragma synchronous")
    col.close()
    note = f"journal_mode {mode}, synchronous {level}"
    rendered = spread("  the same, and the next card rendered", shown, shown_cpu)
    return [spread("answer, and the next card", taken, cpu, note), rendered]


def undo(job):
    col = open_collection(job)
    from anki.scheduler.v3 import CardAnswer

    taken, cpu = [], 0.0
    for _ in range(7):
        done = 0
        for _ in range(UNDO_STEPS):
            card, states = next_card(col)
            if not card:
                break
            col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=CardAnswer.GOOD))
            done += 1
        for _ in range(done):
            with Watch() as watch:
                col.undo()
                next_card(col)
            taken.append(watch.clock)
            cpu += watch.cpu
    col.close()
    return [spread("undo of an answer, and the card again", taken, cpu)]


def spread(name, times, cpu, note=""):
    if not times:
        return {"row": name, "clock_s": None, "cpu_s": None, "note": "nothing is due"}
    times.sort()
    p99 = times[len(times) * 99 // 100] if len(times) >= 100 else None
    return {"row": name, "clock_s": statistics.median(times), "cpu_s": cpu / len(times), "p99_s": p99,
            "slowest_s": times[-1], "times": len(times), "note": note}


def fit(job):
    col = open_collection(job)
    with Watch() as watch:
        found = col._backend.compute_fsrs_params(
            search=PRESET, current_params=[], ignore_revlogs_before_ms=0, num_of_relearning_steps=1, health_check=False
        )
    row = watch.row("fit of the parameters", f"{found.fsrs_items} items, {len(found.params)} parameters")
    row["parameters"] = [round(value, 4) for value in found.params]
    col.close()
    return [row]


def evaluate(job):
    col = open_collection(job)
    # The window sends the parameters of the preset. An empty list means the defaults.
    with Watch() as watch:
        found = col._backend.evaluate_params_legacy(params=[], search=PRESET, ignore_revlogs_before_ms=0)
    row = watch.row("evaluate", f"log loss {found.log_loss:.4f}, RMSE {found.rmse_bins:.4f}")
    col.close()
    return [row]


def graphs(job):
    col = open_collection(job)
    with Watch() as watch:
        found = col._backend.graphs(search="", days=0)
    row = watch.row("all statistics: graphs, all cards, all time", f"{found.ByteSize()} bytes of answer")
    col.close()
    return [row]


def home(job):
    col = open_collection(job)
    with Watch() as watch:
        tree = col.sched.deck_due_tree()
    row = watch.row("home: the decks with their counts", f"{len(tree.children)} at the top")
    col.close()
    return [row]


def search(job):
    col = open_collection(job)
    times, cpu = [], 0.0
    for _ in range(20):
        with Watch() as watch:
            found = col.find_cards(job["word"])
        times.append(watch.clock)
        cpu += watch.cpu
    note = f"`{job['word']}`: {len(found)} cards; the first time {times[0] * 1_000:.1f} ms"
    col.close()
    return [spread("search for a word", times, cpu, note)]


def check(job):
    col = open_collection(job)
    with Watch() as watch:
        text, sound = col.fix_integrity()
    row = watch.row("check of the database", "sound" if sound else text.splitlines()[0])
    col.close()
    return [row]


def size(job):
    def megabytes():
        return os.path.getsize(job["collection"]) / 1e6

    before = megabytes()
    col = open_collection(job)
    with Watch() as watch:
        col.optimize()
    col.close()
    after = watch.row("  after vacuum", size_mb=megabytes())
    return [{"row": "database", "size_mb": before, "note": "closed, without a WAL"}, after]


def backup(job):
    col = open_collection(job)
    folder = pathlib.Path(job["package"]).parent / "backups"
    folder.mkdir(exist_ok=True)
    # Anki makes no copy of a collection that did not change.
    col.db.execute("update col set mod = mod + 1")
    with Watch() as watch:
        made = col.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True)
    files = list(folder.iterdir())
    row = watch.row("backup", "" if made else "none was made", size_mb=sum(file.stat().st_size for file in files) / 1e6)
    col.close()
    shutil.rmtree(folder)
    return [row]


def package_out(job):
    col = open_collection(job)
    from anki.collection import ExportAnkiPackageOptions

    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=False, legacy=False)
    with Watch() as watch:
        notes = col.export_anki_package(out_path=job["package"], options=options, limit=None)
    row = watch.row("package with history, out", f"{notes} notes", size_mb=os.path.getsize(job["package"]) / 1e6)
    col.close()
    return [row]


def package_in(job):
    col = open_collection(job)
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    with Watch() as watch:
        log = col.import_anki_package(ImportAnkiPackageRequest(package_path=job["package"], options=options)).log
    row = watch.row(job["label"], f"{len(log.new)} new notes, {col.db.scalar('select count(*) from revlog')} answers")
    col.close()
    return [row]


def bare_sync(job):
    """What the disk takes for one write of 4 KiB that lasts."""
    times, sync = [], getattr(os, "fdatasync", os.fsync)
    with open(job["collection"] + ".sync", "wb", buffering=0) as file:
        for _ in range(200):
            file.write(b"7" * 4_096)
            with Watch() as watch:
                sync(file.fileno())
            times.append(watch.clock)
    return [spread("  one bare fdatasync of 4 KiB", times, 0.0)]


STEPS = (prepare, due_dates, high_limits)
ROWS = (load, import_table, import_log, memory, start, answers, undo, fit, evaluate, graphs, home, search, check, size,
        backup, package_out, package_in, bare_sync)
# With few answers.
MAY_REFUSE = (fit, evaluate)
JOBS = {job.__name__: job for job in STEPS + ROWS}


def peak_megabytes():
    """The most memory that this process held. Linux may count the parent into `ru_maxrss`, so `/proc` comes first."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1_024 / 1e6 for line in file if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1_024 / 1e6





def child(name, job):
    """Does one piece of work and prints what it found, as a line of JSON."""
    from anki.errors import InvalidInput

    try:
        found = JOBS[name](job)
    except InvalidInput as refusal:
        if JOBS[name] not in MAY_REFUSE:
            raise
        # Such as: too few answers to evaluate.
        found = [{"row": name, "clock_s": None, "note": f"Anki refuses: {refusal}"}]
    print(json.dumps({"found": found, "peak_mb": peak_megabytes()}))
