"""Makes the tables of models/propositions: how rare each stem is in news, and the weights of the comparison of propositions.

Usage: python propositions.py stems POLNEAR_DIR OUT
       python propositions.py fit PAIRS OWN REPORTS OUT [SAME DIFFERENT]

`stems` counts over the articles of PolNeAR train; only counts leave the corpus. `fit` reads pairs of statements as JSON lines: `c` the component of claims
(of OWN, the invented event) from which the first one comes, `k` the kind of pair, `y` 1 for one claim, `f` the features in the order of FEATURES
(`Comparer::features` gives them), and pairs of reports likewise (`Comparer::report_features`). OWN are the pairs of propositions.txt: they teach what tells claims of
one event apart, which Emergent does not label. It prints scores on folds of whole components. `stem` must stay as crates/link/src/claims/stem.rs has it: its
test reads the same fixture.
"""
import collections
import hashlib
import json
import math
import os
import re
import sys

# Names of the corpus's own subject, an election, are in most of its articles; elsewhere they are as telling as other names.
LEAST_OF_NAME = 300
# A stem that fewer articles hold is as rare as an unknown one, and is left out.
FEWEST = 4
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def fold(word):
    word = word.lower().replace("’", "'")
    return re.sub(r"'.*$", "", word)


def stem(word):
    """A light stem of a folded word: plural, past, participle and adverb endings; never shorter than three letters."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)] + instead
    for ending in ("ingly", "edly", "ing", "ed", "ly", "es", "e", "s"):
        if ending == "s" and word[-2] in "sui":
            continue
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) >= 3 and any(letter in "aeiouy" for letter in rest):
                if len(rest) >= 4 and rest[-1] == rest[-2] and rest[-1] not in "lsz" and ending in ("ing", "ed", "ingly", "edly"):
                    rest = rest[:-1]
                return rest[:-1] if rest.endswith("e") and len(rest) > 3 else rest
    return word


def stems(folder, out):
    text = os.path.join(folder, "train", "text")
    articles, capital, inside = collections.Counter(), collections.Counter(), collections.Counter()
    names = sorted(os.listdir(text))
    for name in names:
        with open(os.path.join(text, name), encoding="utf-8") as file:
            content = file.read()
        seen = set()
        for match in WORD.finditer(content):
            folded = stem(fold(match.group()))
            seen.add(folded)
            before = content[: match.start()].rstrip(" \t")[-1:]
            if before and before not in ".!?\n\"“”:'‘’(":
                inside[folded] += 1
                capital[folded] += match.group()[0].isupper()
        articles.update(seen)
    rows = collections.defaultdict(list)
    for word, count in articles.items():
        if count >= FEWEST and not word[0].isdigit():
            weight = round(100 * math.log((len(names) + 1) / (count + 0.5)))
            is_name = inside[word] > 0 and capital[word] / inside[word] >= 0.8
            weight = max(weight, LEAST_OF_NAME) if is_name else weight
            # Steps of a fifth: fewer lines, nothing lost.
            rows[20 * round(weight / 20)].append(word + ("^" if is_name else ""))
    with open(out, "w", encoding="utf-8") as file:
        file.write(f"# Weight in hundredths, then stems; ^ marks those that are mostly capitalised. {len(names)} articles; training/propositions.py.\n")
        unknown = round(100 * math.log((len(names) + 1) / 1.5))
        file.write(f"{unknown} *\n")
        for weight in sorted(rows):
            file.write(f"{weight} {' '.join(sorted(rows[weight]))}\n")


FEATURES = (
    "cosine cosine-high stems contained acts names no-shared-name other-names same-figures other-figures same-days other-days "
    "other-tense other-mood shared sizes cosine-acts names-acts apart own-less own-more central partial off short"
).split()
REPORT_FEATURES = "best best-three stems names lead alike".split()
# A feature that speaks for one claim must not lower the score, nor one against it raise it: a lone weight of the other sign is an accident of the data.
SIGNS = dict.fromkeys("no-shared-name other-names other-figures other-days other-tense other-mood own-less own-more".split(), -1)
# Barred pairs are never weighed.
FREE = {"same-days", "other-days", "sizes", "central", "off", "short"}
# What is not known where there are no vectors.
OF_VECTORS = "cosine cosine-high cosine-acts central partial off".split()
TREES, DEPTH = 60, 3


def logistic(rows, labels, weights, penalty, names=FEATURES):
    """Weights of a penalised logistic regression with signs; projected gradient descent on standardised sizes."""
    import numpy as np

    low = np.array([-np.inf] + [-np.inf if SIGNS.get(name, 1) < 0 or name in FREE else 0.0 for name in names])
    high = np.array([np.inf] + [0.0 if SIGNS.get(name, 1) < 0 and name not in FREE else np.inf for name in names])
    x = np.hstack([np.ones((len(rows), 1)), rows])
    shrink = np.full(x.shape[1], penalty)
    shrink[0] = 0
    found = np.zeros(x.shape[1])
    step = 4.0 / (np.linalg.norm(x * np.sqrt(weights)[:, None], 2) ** 2 / weights.sum() + 4 * penalty)
    previous, momentum = found, 1.0
    for _ in range(3000):
        after = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = found + (momentum - 1) / after * (found - previous)
        guess = 1 / (1 + np.exp(-x @ ahead))
        slope = x.T @ (weights * (guess - labels)) / weights.sum() + shrink * ahead
        previous, momentum = found, after
        found = np.clip(ahead - step * slope, low, high)
    return found


def boosted(rows, labels, weights):
    """Trees of depth 3 on features in thousandths, each of which can only speak for its side."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    signs = [0 if name in FREE else SIGNS.get(name, 1) for name in FEATURES]
    model = HistGradientBoostingClassifier(
        max_depth=DEPTH, max_leaf_nodes=2**DEPTH, max_iter=TREES, learning_rate=0.1, min_samples_leaf=40, l2_regularization=1.0,
        monotonic_cst=signs, random_state=0, early_stopping=False,
    )
    return model.fit(rows, labels, sample_weight=weights * len(rows) / weights.sum())


def whole_trees(model):
    """Lines `bias` and `tree`: each tree filled up to seven decisions and eight leaves, in whole numbers."""
    import numpy as np

    lines = [f"bias {round(1000 * float(np.ravel(model._baseline_prediction)[0]))}"]
    for (predictor,) in model._predictors:
        splits, leaves = [None] * (2**DEPTH - 1), [0] * 2**DEPTH

        def fill(at, node, depth):
            if depth == DEPTH:
                leaves[at - len(splits)] = round(1000 * float(node["value"]))
                return
            leaf = node["is_leaf"]
            splits[at] = (FEATURES[0], 0) if leaf else (FEATURES[node["feature_idx"]], math.floor(node["num_threshold"]))
            fill(2 * at + 1, node if leaf else predictor.nodes[node["left"]], depth + 1)
            fill(2 * at + 2, node if leaf else predictor.nodes[node["right"]], depth + 1)

        fill(0, predictor.nodes[0], 0)
        lines.append("tree " + " ".join(f"{name} {value}" for name, value in splits) + " " + " ".join(map(str, leaves)))
    return lines


def read_pairs(path):
    """Features, labels, components, kinds and weights of the pairs of a file."""
    import numpy as np

    with open(path, encoding="utf-8") as file:
        data = [json.loads(line) for line in file]
    labels = np.array([pair["y"] for pair in data], float)
    component = np.array([pair["c"] for pair in data])
    # A component of many claims counts by its root: it is one story.
    counts = collections.Counter(zip(component, labels))
    weights = np.array([counts[key] ** -0.5 for key in zip(component, labels)])
    for label in (0, 1):
        weights[labels == label] /= weights[labels == label].sum()
    names = [hashlib.sha256(f"fold {one}".encode()).hexdigest() for one in component]
    folds = np.array([int(name, 16) % 5 for name in names])
    return np.array([pair["f"] for pair in data], float), labels, folds, np.array([pair["k"] for pair in data]), weights


def fit(pairs, own, reports, out, same, different):
    import numpy as np

    rows, labels, folds, kind, weights = (np.concatenate(both) for both in zip(read_pairs(pairs), read_pairs(own)))
    bare = rows.copy()
    bare[:, [FEATURES.index(name) for name in OF_VECTORS]] = 0
    scores = {"vectors": np.zeros(len(rows)), "words": np.zeros(len(rows))}
    for fold in range(5):
        held = folds == fold
        scores["vectors"][held] = boosted(rows[~held], labels[~held], weights[~held]).predict_proba(rows[held])[:, 1]
        found = logistic(bare[~held] / 1000, labels[~held], weights[~held], 2e-4)
        scores["words"][held] = 1 / (1 + np.exp(-(found[0] + bare[held] / 1000 @ found[1:])))
    for what, score in scores.items():
        for label in sorted(set(kind)):
            for is_same in sorted(set(labels[kind == label])):
                of = (kind == label) & (labels == is_same)
                print(what, label, int(is_same), int(of.sum()), "same", round(float((score[of] >= same / 1000).mean()), 3), "different", round(float((score[of] < different / 1000).mean()), 3))
    lines = ["# Weights in thousandths and scores at which it decides; training/propositions.py.", f"same {same}", f"different {different}"]
    lines.extend(whole_trees(boosted(rows, labels, weights)))
    found = logistic(bare / 1000, labels, weights, 2e-4)
    lines.append(f"words.bias {round(1000 * found[0])}")
    lines.extend(f"words.{name} {round(1000 * weight)}" for name, weight in zip(FEATURES, found[1:]))
    if reports:
        with open(reports, encoding="utf-8") as file:
            data = [json.loads(line) for line in file]
        rows = np.array([pair["f"] for pair in data]) / 1000
        labels = np.array([pair["y"] for pair in data], float)
        # As they come: how rare it is that two reports are about one event is a part of what is fitted.
        found = logistic(rows, labels, np.ones(len(rows)), 1e-5, REPORT_FEATURES)
        lines.append(f"report.bias {round(1000 * found[0])}")
        lines.extend(f"report.{name} {round(1000 * weight)}" for name, weight in zip(REPORT_FEATURES, found[1:]))
    else:
        lines.append("report.bias 0")
        lines.extend(f"report.{name} 0" for name in REPORT_FEATURES)
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "stems":
        stems(sys.argv[2], sys.argv[3])
    elif len(sys.argv) in (6, 8) and sys.argv[1] == "fit":
        # Where there are no reports yet ("-"), as for the first round, their weights are zero.
        fit(*sys.argv[2:4], sys.argv[4].removeprefix("-"), sys.argv[5], *(int(score) for score in sys.argv[6:] or (600, 300)))
    else:
        sys.exit(__doc__)
