"""What the head for acts believes of labelled attributions: `python acts.py WEIGHTS BASE CORPUS OUT LABELS...`.

OUT gets one line an attribution: article, event, act and commitment as labelled, the head's beliefs; and scores are printed,
for the articles whose acts were held out of training and for the rest (a corpus that was not trained on: both count).
"""
import argparse
import collections
import os

import data
import decode
from model import ACTS, CONTENT, CUE, OTHER, SOURCE


def judge_all(reader, article, labels):
    """(event, label, acts, commitments) of the labelled attributions of an article, given their annotated spans."""
    wanted = [one for annotation in article.annotations for one in annotation
              if (article.name, one["event"], min(one["cue"])[0]) in labels]
    if not wanted:
        return
    tokens, windows = reader.score(article.text)
    for one in wanted:
        lead = min(tokens.flags(one["cue"]), default=-1)
        for a, b, own_a, own_b, h, mask, _, _ in windows:
            if own_a <= lead < own_b:
                label = labels[article.name, one["event"], min(one["cue"])[0]]
                roles = [OTHER] * (b - a + 2)
                for number, role in ((SOURCE, "source"), (CONTENT, "content"), (CUE, "cue")):
                    for i in tokens.flags(one[role]):
                        if a <= i < b:
                            roles[i - a + 1] = number
                yield one["event"], label, *reader.judge(h, mask, roles)


def table(rows):
    """Precision, recall and support of each act, the most believed counted as found."""
    right, found, true = collections.Counter(), collections.Counter(), collections.Counter()
    for act, beliefs in rows:
        best = ACTS[max(range(len(ACTS)), key=beliefs.__getitem__)]
        true[act] += 1
        found[best] += 1
        right[act] += best == act
    scores = {act: 200 * right[act] / (true[act] + found[act]) for act in true}
    for act in ACTS:
        if true[act]:
            print("%-22s P %5.1f  R %5.1f  support %d" % (
                act, 100 * right[act] / max(found[act], 1), 100 * right[act] / true[act], true[act]))
    print("accuracy %.1f, macro F1 %.1f" % (100 * sum(right.values()) / max(len(rows), 1), sum(scores.values()) / len(scores)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("weights", "base", "corpus", "out"):
        parser.add_argument(name)
    parser.add_argument("labels", nargs="+")
    args = parser.parse_args()
    reader = decode.Reader(decode.load_network(args.weights), data.load_tokenizer(os.path.join(args.base, "vocab.txt")))
    labels, groups = data.read_labels(args.labels), {True: [], False: []}
    with open(args.out, "w", encoding="utf-8") as out:
        for article in data.read_corpus(args.corpus):
            for event, label, acts, commitments in judge_all(reader, article, labels):
                groups[data.held_acts(article.name)].append((label[0], acts))
                out.write("\t".join([article.name, event, *label, *(" ".join("%.3f" % p for p in beliefs)
                                                                    for beliefs in (acts, commitments))]) + "\n")
    for held, rows in groups.items():
        if rows:
            print("held out" if held else "the rest")
            table(rows)


if __name__ == "__main__":
    main()
