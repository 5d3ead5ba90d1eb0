"""The trees of models/main_text: which blocks of a page are the article. Reads pages with their bodies, prints what the model reaches on
outlets and countries that it was not fitted to, fits it to all of them, writes the trees.

    cargo build --release -p onrecord-read --example candidates
    python main_text.py PAGES CANDIDATES ../models/main_text/trees.txt

PAGES is a folder with html/*.html and truth.jsonl (data/pages unpacked), CANDIDATES the built example. Needs numpy and scikit-learn.
"""

import html, json, random, re, subprocess, sys, tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

WORD = re.compile(r"\w+")
# The share of a made page against a real one.
MADE = 0.3
SETTINGS = dict(max_iter=120, learning_rate=0.08, max_leaf_nodes=8, min_samples_leaf=40, l2_regularization=5.0, max_features=0.3,
                early_stopping=False, random_state=0)


def shingles(text):
    """Runs of four words, as the public article-extraction benchmark counts them."""
    words = WORD.findall(text or "")
    return Counter(tuple(words[at:at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def words(text):
    return Counter(word.lower() for word in WORD.findall(text or ""))


def scores(truths, texts, count):
    """Mean precision, mean recall, and the F1 of the two."""
    rows = []
    for truth, text in zip(truths, texts):
        gold, given = count(truth), count(text)
        both = sum((gold & given).values())
        rows.append((both / max(1, sum(given.values())) if given else float(not gold), both / max(1, sum(gold.values())) if gold else 1.0))
    precision, recall = (float(np.mean(column)) for column in zip(*rows))
    return precision, recall, 2 * precision * recall / (precision + recall)


def tokens(text):
    return [word.lower() for word in WORD.findall(text)]


def labels(blocks, body):
    """Which blocks are of the body: most of their words stand in it in runs of four. Of blocks that say the same, as many as the body has,
    those nearest to other blocks of it."""
    text = tokens(body)
    runs = {tuple(text[at:at + 4]) for at in range(len(text) - 3)}
    lines = {" ".join(tokens(line)) for line in body.split("\n")}
    joined = f" {' '.join(text)} "
    own = [tokens(block) for block in blocks]
    share = np.zeros(len(blocks))
    for at, block in enumerate(own):
        if len(block) >= 4:
            covered = np.zeros(len(block), bool)
            for start in range(len(block) - 3):
                if tuple(block[start:start + 4]) in runs:
                    covered[start:start + 4] = True
            share[at] = covered.mean()
        elif block and " ".join(block) in lines:
            share[at] = 1
        elif block:
            before = next((own[other] for other in range(at - 1, -1, -1) if own[other]), None)
            behind = next((own[other] for other in range(at + 1, len(own)) if own[other]), None)
            if before and behind:
                share[at] = f" {' '.join(before[-3:] + block)} " in joined and f" {' '.join(block + behind[:3])} " in joined
    same = defaultdict(list)
    for at in np.flatnonzero(share > 0.5):
        same[" ".join(own[at])].append(at)
    weight = np.zeros(len(blocks))
    for places in same.values():
        if len(places) == 1:
            weight[places[0]] = len(own[places[0]])
    for said, places in same.items():
        count = max(1, joined.count(f" {said} "))
        if len(places) > count:
            near = lambda at: sum(weight[other] * 0.8 ** abs(other - at) for other in range(max(0, at - 12), min(len(blocks), at + 13)))
            for at in sorted(places, key=near, reverse=True)[count:]:
                share[at] = 0
    return share > 0.5


def weights(page):
    """Long blocks count more, up to 60 words; pages count alike."""
    length = np.array([max(1, len(WORD.findall(block))) for block in page["blocks"]], float)
    return np.minimum(length, 60) / (length[page["labels"]].sum() or 100) * 500 + 0.3


def candidates(program, folder, truth):
    pages = []
    output = subprocess.run([program, folder], check=True, capture_output=True, text=True).stdout
    for line in output.rstrip("\n").split("\n"):
        page = json.loads(line)
        name = page["page"].split("__")[0]
        if name not in truth or not page["blocks"]:
            continue
        blocks = [block[0] for block in page["blocks"]]
        rows = np.array([block[1] for block in page["blocks"]], np.float32)
        pages.append(dict(name=name, blocks=blocks, rows=rows, body=truth[name]["body"], labels=labels(blocks, truth[name]["body"])))
    return pages


def make_pages(pages, truth, folder):
    """Two plain pages of each: the article alone in bare paragraphs; and with line breaks in one element, between lists of links. So that
    the model does not lean on what big outlets' pages have around them."""
    draw = random.Random(5)
    for page in pages:
        title = html.escape(truth[page["name"]]["title"] or "")
        tag = lambda row: "h2" if row[3] else "li" if row[5] else "p"
        article = [(html.escape(block), row) for block, row, is_in in zip(page["blocks"], page["rows"], page["labels"]) if is_in]
        rest = [html.escape(block) for block, is_in in zip(page["blocks"], page["labels"]) if not is_in]
        bare = "\n".join(f"<{tag(row)}>{block}</{tag(row)}>" for block, row in article)
        head = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>\n"
        (folder / f"{page['name']}__bare.html").write_text(f"{head}{bare}</body></html>")
        links = "".join(f"<li><a href=/x>{block}</a></li>" for block in [block for block in rest if len(block) < 40][:12])
        long = [block for block in rest if len(block) > 30]
        more = "".join(f"<p><a href=/y>{block}</a></p>" for block in draw.sample(long, min(6, len(long))))
        broken = "<br><br>".join(block for block, _ in article)
        plain = f"<html><body><ul>{links}</ul><div><h1>{title}</h1>{broken}</div><div>{more}</div></body></html>"
        (folder / f"{page['name']}__plain.html").write_text(plain)


def fit(pages, made):
    names = {page["name"] for page in pages}
    made = [page for page in made if page["name"] in names]
    rows = np.vstack([page["rows"] for page in pages + made])
    answers = np.concatenate([page["labels"] for page in pages + made])
    weight = np.concatenate([weights(page) for page in pages] + [MADE * weights(page) for page in made])
    return HistGradientBoostingClassifier(**SETTINGS).fit(rows, answers, sample_weight=weight)


def held_out(pages, made, group):
    """The text of each page by a model that saw no page of its group."""
    texts, made_texts = [None] * len(pages), [None] * len(made)
    chosen = lambda model, page: "\n".join(block for block, score in zip(page["blocks"], model.decision_function(page["rows"])) if score > 0)
    groups = [group(page["name"]) for page in pages]
    for train, test in GroupKFold(6, shuffle=True, random_state=0).split(pages, groups=groups):
        model = fit([pages[at] for at in train], made)
        names = {pages[at]["name"] for at in test}
        for at in test:
            texts[at] = chosen(model, pages[at])
        for at, page in enumerate(made):
            if page["name"] in names:
                made_texts[at] = chosen(model, page)
    return texts, made_texts


def held_out_whole(pages, made, group, folder, program):
    """The same with all that the program does beside the model: lines around the article, paragraphs that go with their neighbours, pages of a
    few lines. The program chooses by the trees of a model that saw no page of the group."""
    texts = [None] * len(pages)
    for train, test in GroupKFold(6, shuffle=True, random_state=0).split(pages, groups=[group(page["name"]) for page in pages]):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write(trees(fit([pages[at] for at in train], made)))
            file.flush()
            output = subprocess.run([program, folder, file.name], check=True, capture_output=True, text=True).stdout
        kept = {}
        for line in map(json.loads, output.rstrip("\n").split("\n")):
            kept[line["page"]] = "\n".join(words for words, _, is_kept in line["blocks"] if is_kept)
        for at in test:
            texts[at] = kept[pages[at]["name"]]
    return texts


def outlet(name):
    return "_".join(name.split("_")[:2])


def country(name):
    return name.split("_")[0]


def trees(model):
    """The lines that `crates/read/src/html/trees.rs` reads."""
    lines = ["base %.6g" % np.ravel(model._baseline_prediction)[0]]
    for (tree,) in model._predictors:
        nodes, order = tree.nodes, []

        def walk(at):
            order.append(at)
            if not nodes[at]["is_leaf"]:
                walk(nodes[at]["left"])
                walk(nodes[at]["right"])

        walk(0)
        number = {at: line for line, at in enumerate(order)}
        lines.append("tree")
        for at in order:
            node = nodes[at]
            if node["is_leaf"]:
                lines.append("vote %.5g" % node["value"])
            else:
                ways = number[node["left"]], number[node["right"]]
                lines.append("ask %d %.9g %d %d" % (node["feature_idx"], np.float32(node["num_threshold"]), *ways))
    return "\n".join(lines) + "\n"


def open_pages(folder, program):
    truth = {}
    for line in open(Path(folder) / "truth.jsonl", encoding="utf-8"):
        line = json.loads(line)
        truth[line["page"]] = line["truth"]
    pages = candidates(program, Path(folder) / "html", truth)
    with tempfile.TemporaryDirectory() as made:
        make_pages(pages, truth, Path(made))
        return pages, candidates(program, made, truth)


def main(folder, program, target):
    pages, made = open_pages(folder, program)
    show = lambda name, pages, texts: print("%-32s" % name, *("%s P %.3f R %.3f F1 %.4f" % (count.__name__, *scores([page["body"] for page in pages], texts, count)) for count in (shingles, words)), sep="  ", flush=True)
    show("every block labelled", pages, ["\n".join(block for block, is_in in zip(page["blocks"], page["labels"]) if is_in) for page in pages])
    for group in (outlet, country):
        texts, made_texts = held_out(pages, made, group)
        show(f"not fitted to the {group.__name__}", pages, texts)
        show(f"  made pages", made, made_texts)
        show(f"  with the program's rules", pages, held_out_whole(pages, made, group, Path(folder) / "html", program))
    Path(target).write_text(trees(fit(pages, made)))


if __name__ == "__main__":
    main(*sys.argv[1:])
