"""Main text of real pages, ours against Python trafilatura in one run: F1, pages per second on one core, the way back to the bytes.

    cargo build --release -p onrecord-read --example candidates
    pip install trafilatura numpy scikit-learn
    python benches/pages.py PAGES target/release/examples/candidates [ROUNDS]

PAGES is a folder with html/*.html and truth.jsonl (data/pages unpacked). Our model was fitted to these pages: the line to compare is the one
of models that saw no page of the outlet, fitted here as training/main_text.py does. The time of ours is that of the whole reading, metadata and
a check of every block against its bytes, start of the program and files included; the time of trafilatura is `extract` with its metadata, in memory.
"""

import json, resource, subprocess, sys, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import main_text as ours


def peer(pages, truth, rounds):
    """Texts by trafilatura, and CPU seconds for a page."""
    import trafilatura
    texts = {}
    start = time.process_time()
    for _ in range(rounds):
        for name, page in pages.items():
            found = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
            texts[name] = (found.text if found is not None else "") or ""
    return texts, (time.process_time() - start) / rounds / len(pages), trafilatura.__version__


def read(program, folder, rounds):
    """What our program reads, and CPU seconds for a page."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(rounds):
        output = subprocess.run([program, folder, "read"], check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = {line["page"]: line for line in map(json.loads, output.rstrip("\n").split("\n"))}
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return lines, used / rounds / len(lines)


def main(folder, program, rounds=3):
    folder, rounds = Path(folder), int(rounds)
    truth = {line["page"]: line["truth"] for line in map(json.loads, open(folder / "truth.jsonl", encoding="utf-8"))}
    pages = {name: (folder / "html" / f"{name}.html").read_bytes() for name in truth}
    names = list(truth)
    bodies = [truth[name]["body"] for name in names]

    def show(name, texts):
        for count in (ours.shingles, ours.words):
            print("%-44s %-8s P %.3f R %.3f F1 %.4f" % (name, count.__name__, *ours.scores(bodies, texts, count)), flush=True)

    theirs, their_time, version = peer(pages, truth, rounds)
    show(f"Python trafilatura {version}", [theirs[name] for name in names])
    lines, our_time = read(program, folder / "html", rounds)
    text = lambda line: line.get("text", "").split("\n", 1)[-1] if line.get("has_headline") else line.get("text", "")
    show("ours as shipped (fitted to these)", [text(lines[name]) for name in names])
    fitted, made = ours.open_pages(folder, program)
    held = dict(zip((page["name"] for page in fitted), ours.held_out(fitted, made, ours.outlet)[0]))
    show("ours, not fitted to the outlet", [held.get(name, "") for name in names])
    print("pages per CPU-second: ours %.0f, Python trafilatura %.0f, ratio %.1f" % (1 / our_time, 1 / their_time, their_time / our_time))
    found, located = (sum(line.get(key, 0) for line in lines.values()) for key in ("read", "located"))
    print(f"blocks that lead back to their bytes: {located} of {found}")


if __name__ == "__main__":
    main(*sys.argv[1:])
