"""A baseline to compare with: linear-chain CRFs over words for cue, source and content, joined by rules.

`python crf.py build POLNEAR MODEL --scorer FILE` trains on the articles of POLNEAR/train that are not in the fold
(`data.split_fold`, as the network does), writes its files into the folder MODEL, reads POLNEAR/dev with them, and
prints its scores. `python crf.py read MODEL TEXTS PREDICTIONS` reads every .txt of a folder. Both print their speed.

It is what one builds in an afternoon: words, shapes, suffixes, neighbours, quotation marks, and for source and content
where the next cues stand. A paragraph is one sequence. It is not shipped, and nothing else uses it.
"""
import argparse
import bisect
import glob
import importlib.util
import json
import os
import re
import sys
import time

import pycrfsuite

import data

TOKEN = re.compile(r"\w+|[^\w\s]")
ROLES = data.ROLES
FAR = 25  # words between a cue and a source that the rules still join
SETTINGS = {"c1": 0.1, "c2": 0.05, "max_iterations": 60, "feature.minfreq": 3, "feature.possible_transitions": True}


class Paragraph:
    """The words of one line: code point ranges, and what each looks like."""

    def __init__(self, text, start, end):
        self.ranges = [m.span() for m in TOKEN.finditer(text, start, end)]
        self.words = [text[a:b] for a, b in self.ranges]
        self.quoted, inside = [], False
        for word in self.words:
            opens = word in "“„«" or (word == '"' and not inside)
            closes = word in "”»" or (word == '"' and inside)
            inside = (inside or opens) and not closes
            self.quoted.append("o" if opens else "c" if closes else "i" if inside else "-")
        self.sentences = []  # the number of each word's sentence, by full stops before capitals
        number = 0
        for i, word in enumerate(self.words):
            if i and self.words[i - 1] in ".?!" and self.quoted[i] in "-o" and not word.islower():
                number += 1
            self.sentences.append(number)

    def features(self):
        """For each word a list of strings, the same for all three roles."""
        lower = [word.lower() for word in self.words]
        shapes = [shape(word) for word in self.words]
        rows = []
        for i, word in enumerate(lower):
            row = ["w=" + word, "s=" + shapes[i], "e=" + word[-3:], "p=" + word[:4], "q=" + self.quoted[i]]
            for k in (-3, -2, -1, 1, 2, 3):
                if 0 <= i + k < len(lower):
                    row.append("%d=%s" % (k, lower[i + k]))
                    if -2 <= k <= 2:
                        row.append("%ds=%s" % (k, shapes[i + k]))
                        row.append("%de=%s" % (k, lower[i + k][-3:]))
                elif k in (-1, 1):
                    row.append("%d=|" % k)
            if i:
                row.append("-1,0=%s %s" % (lower[i - 1], word))
                row.append("-1q=" + self.quoted[i - 1])
            if i + 1 < len(lower):
                row.append("0,1=%s %s" % (word, lower[i + 1]))
            row.append("first" if i == 0 or self.sentences[i] != self.sentences[i - 1] else "later")
            rows.append(row)
        return rows

    def labels(self, spans):
        """B, I or O for each word, by the spans of one role."""
        labels = ["O"] * len(self.words)
        starts = [a for a, _ in self.ranges]
        for a, b in sorted(set(spans), key=lambda span: span[0] - span[1]):  # longest first: it wins
            first = bisect.bisect_left(starts, a)
            last = bisect.bisect_left(starts, b)
            if first < last and labels[first:last] == ["O"] * (last - first):
                labels[first:last] = ["B"] + ["I"] * (last - first - 1)
        return labels


def shape(word):
    if word.isdigit():
        return "0"
    if not word.isalpha():
        return word if len(word) == 1 else "x0"
    return "X" if word.isupper() and len(word) > 1 else "Xx" if word[0].isupper() else "x"


def paragraphs(text):
    at, found = 0, []
    for line in text.split("\n"):
        found.append(Paragraph(text, at, at + len(line)))
        at += len(line) + 1
    return [one for one in found if one.words]


def runs(labels):
    """(first, last) words of each span."""
    found = []
    for i, label in enumerate(labels):
        if label == "B" or label == "I" and (i == 0 or labels[i - 1] == "O"):
            found.append([i, i])
        elif label == "I":
            found[-1][1] = i
    return [tuple(run) for run in found]


def with_cues(paragraph, rows, cues):
    """The features, and where the nearest cues to both sides stand and what they say."""
    out, before, after = [], None, 0
    for i, row in enumerate(rows):
        while after < len(cues) and cues[after][0] < i:
            after += 1
        before = max((c for c in cues[:after + 1] if c[1] < i), default=None)
        extra = []
        for name, cue, gap in (("L", before, before and i - before[1]),
                               ("R", cues[after] if after < len(cues) else None, after < len(cues) and cues[after][0] - i)):
            if cue is None:
                extra.append(name + "none")
                continue
            words = paragraph.words[cue[0]:cue[1] + 1]
            same = paragraph.sentences[i] == paragraph.sentences[cue[0]]
            extra.append("%sd=%d%d" % (name, min(gap, 4) if gap < 5 else 5 + min(gap // 5, 5), same))
            extra.append("%sc=%s%d" % (name, words[-1].lower(), same))
        if any(a <= i <= b for a, b in cues):
            extra.append("cue")
        extra.append("%s %s" % (extra[0], extra[1] if before is None else extra[2]))
        out.append(row + extra)
    return out


def link(paragraph, spans):
    """Attributions of one paragraph: each content goes to the nearest cue, each cue to the nearest source."""
    def gap(a, b):
        return max(b[0] - a[1], a[0] - b[1], 0)

    def nearest(cue, choices):
        same = lambda one: paragraph.sentences[one[0]] == paragraph.sentences[cue[0]]
        return min(choices, key=lambda one: (not same(one), gap(cue, one)), default=None)

    cues, sources, contents = spans["cue"], spans["source"], spans["content"]
    parts = {cue: [] for cue in cues}
    outer = [cue for cue in cues if not any(a <= cue[0] and cue[1] <= b for a, b in contents)]
    for content in contents:
        cue = nearest(content, outer)
        if cue is not None:
            parts[cue].append(content)
    for cue in cues:  # a cue inside of another's content rules what follows it there
        around = [b for a, b in contents if a <= cue[0] and cue[1] < b]
        if cue not in outer and around:
            end = next((i for i in range(cue[1] + 1, around[0] + 1) if paragraph.words[i] in ".?!"), around[0] + 1) - 1
            if end > cue[1]:
                parts[cue].append((cue[1] + 1, end))
    found = []
    for cue, content in parts.items():
        source = nearest(cue, [one for one in sources if gap(cue, one) <= FAR])
        if content:
            place = lambda some: [[paragraph.ranges[a][0], paragraph.ranges[b][1]] for a, b in some]
            found.append({"source": place([source] if source else []), "cue": place([cue]), "content": place(content)})
    return found


class Tagger:
    def __init__(self, folder):
        self.crf = {role: pycrfsuite.Tagger() for role in ROLES}
        for role, crf in self.crf.items():
            crf.open(os.path.join(folder, role + ".crf"))

    def read(self, text):
        found = []
        for paragraph in paragraphs(text):
            rows = paragraph.features()
            spans = {"cue": runs(self.crf["cue"].tag(rows))}
            if not spans["cue"]:
                continue
            more = with_cues(paragraph, rows, spans["cue"])
            for role in ("source", "content"):
                spans[role] = runs(self.crf[role].tag(more))
            found += link(paragraph, spans)
        return found


def fit(sequences, path):
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for rows, labels in sequences:
        trainer.append(rows, labels)
    trainer.set_params(SETTINGS)
    trainer.train(path)


def train(articles, folder):
    """Cues first. Source and content are shown cues of CRFs that were trained on the other half: such as reading will find."""
    os.makedirs(folder, exist_ok=True)
    path = lambda role: os.path.join(folder, role + ".crf")
    halves = ([], [])
    for number, article in enumerate(articles):
        spans = {role: [span for one in article.annotations[0] for span in one[role]] for role in ROLES}
        for paragraph in paragraphs(article.text):
            halves[number % 2].append((paragraph, paragraph.features(), {r: paragraph.labels(spans[r]) for r in ROLES}))
    cue_of = lambda half: [(rows, labels["cue"]) for _, rows, labels in half]
    linked = []
    for half, other in (halves, halves[::-1]):
        fit(cue_of(other), path("half"))
        tagger = pycrfsuite.Tagger()
        tagger.open(path("half"))
        linked += [(with_cues(p, rows, runs(tagger.tag(rows))), labels) for p, rows, labels in half]
        tagger.close()
    os.remove(path("half"))
    fit(cue_of(halves[0] + halves[1]), path("cue"))
    for role in ("source", "content"):
        fit([(rows, labels[role]) for rows, labels in linked], path(role))


def read(folder, texts, predictions):
    """Reads the .txt files of a folder; returns words per second of this process."""
    started, words = time.process_time(), 0
    tagger = Tagger(folder)
    with open(predictions, "w", encoding="utf-8") as out:
        for name in sorted(glob.glob(os.path.join(glob.escape(texts), "*.txt"))):
            with open(name, encoding="utf-8", newline="") as handle:
                text = handle.read()
            words += len(text.split())
            out.write(json.dumps({"doc": os.path.basename(name)[:-4], "attributions": tagger.read(text)}) + "\n")
    print("%d words, %.0f words per CPU-second" % (words, words / (time.process_time() - started)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True)
    build = tasks.add_parser("build")
    build.add_argument("polnear")
    build.add_argument("model")
    build.add_argument("--scorer", required=True)
    reads = tasks.add_parser("read")
    for name in ("model", "texts", "predictions"):
        reads.add_argument(name)
    args = parser.parse_args()
    if args.task == "read":
        return read(args.model, args.texts, args.predictions)
    spec = importlib.util.spec_from_file_location("scorer", args.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    articles, _ = data.split_fold(data.read_corpus(os.path.join(args.polnear, "train")))
    train(articles, args.model)
    print("%d articles, trained in %.0f CPU-seconds" % (len(articles), time.process_time()))
    dev, predictions = os.path.join(args.polnear, "dev"), os.path.join(args.model, "dev.jsonl")
    read(args.model, os.path.join(dev, "text"), predictions)
    sys.argv = ["score", dev, predictions, "--bootstrap", "500"]
    return scorer.main()


if __name__ == "__main__":
    sys.exit(main())
