"""The corpus as token windows: reading brat standoff, word pieces with offsets, features, windows.

This file is the only place that says what the network sees of a text. The Rust reader of the
weights repeats it (`crates/annotate/src/model`: wordpiece.rs, window.rs); a change here is a change
there. It holds nothing of the network and nothing of the training loop.
"""
import collections
import csv
import glob
import hashlib
import os
import re

import sentencex
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

ROLES = ("cue", "source", "content")
MAX_PIECES = 318  # of a window, without its [CLS] and [SEP]
OVERLAP = 64  # pieces that two neighbouring windows share, at most
SHORTEST, BESIDE = 128, 6  # pieces of the shortest window in reading that may end early, pieces beside an edge that count
UNK, CLS, SEP = 100, 101, 102

CASE_NONE, CASE_LOWER, CASE_INITIAL, CASE_UPPER, CASE_MIXED = range(5)
QUOTE_OUTSIDE, QUOTE_INSIDE, QUOTE_OPENS, QUOTE_CLOSES = range(4)


# ---------------------------------------------------------------- corpus

class Article:
    """A text and the attribution lists of everybody who annotated it (code point offsets)."""

    def __init__(self, name, text, annotations):
        self.name, self.text, self.annotations = name, text, annotations

    @property
    def publisher(self):
        return self.name.split("_")[0]


def read_brat(path):
    """Attributions of one brat file; lines that do not parse, and events without a cue or without
    content, are left out."""
    spans, events = {}, []
    with open(path, encoding="utf-8", newline="") as handle:
        for line in handle:
            cells = line.rstrip("\r\n").split("\t")
            try:
                if re.fullmatch(r"T\d+", cells[0]):
                    offsets = cells[1].split(" ", 1)[1]
                    spans[cells[0]] = [tuple(map(int, part.split())) for part in offsets.split(";")]
                    if any(len(part) != 2 for part in spans[cells[0]]):
                        del spans[cells[0]]
                elif re.fullmatch(r"E\d+", cells[0]):
                    links = [link.split(":") for link in cells[1].split()]
                    events.append((cells[0], [(re.sub(r"\d+$", "", role).lower(), target) for role, target in links[1:]]))
            except (IndexError, ValueError):
                continue
    found = []
    for event, links in events:
        one = {role: [] for role in ROLES}
        for role, target in links:
            if role in one:
                one[role] += spans.get(target, [])
        if one["cue"] and one["content"]:
            found.append({**one, "event": event})
    return found


def read_labels(paths):
    """{(article, event, start of the cue): (act, commitment)} of tables of labels (tools/eval/truth)."""
    labels = {}
    for path in paths:
        with open(path, encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t"):
                labels[row["doc"], row["event"], int(row["cue_start"])] = (row["act"], row["commitment"])
    return labels


def read_corpus(directory):
    """Articles of DIR/text/*.txt with DIR/attributions/<stem>_<annotator>.ann, in order of name."""
    annotations = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(directory, "attributions", "*.ann"))):
        annotations[os.path.basename(path)[:-4].rsplit("_", 1)[0]].append(read_brat(path))
    articles = []
    for stem in sorted(annotations):
        with open(os.path.join(directory, "text", stem + ".txt"), encoding="utf-8", newline="") as handle:
            articles.append(Article(stem, handle.read(), annotations[stem]))
    return articles


def split_fold(articles, percent=5):
    """(rest, fold): a fixed share of the articles that one person annotated, by a hash of the name.
    Penalties and thresholds are chosen on the fold; the network never sees it."""
    rest, fold = [], []
    for article in articles:
        number = int(hashlib.sha256(article.name.encode()).hexdigest(), 16) % 100
        (fold if number < percent and len(article.annotations) == 1 else rest).append(article)
    return rest, fold


def held_acts(name):
    """Whether the acts of this article are held out of training: one article in five."""
    return int(hashlib.sha256(("act " + name).encode()).hexdigest(), 16) % 5 == 0


# ---------------------------------------------------------------- word pieces and features

def load_tokenizer(vocabulary):
    """BERT's uncased word pieces, with no special token recognised inside a text."""
    with open(vocabulary, encoding="utf-8") as handle:
        ids = {line.rstrip("\n"): number for number, line in enumerate(handle)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def case_class(piece):
    letters = [c for c in piece if c.isupper() or c.islower()]
    if not letters:
        return CASE_NONE
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return CASE_LOWER
    if upper == len(letters) and upper > 1:
        return CASE_UPPER
    return CASE_INITIAL if upper == 1 and letters[0].isupper() else CASE_MIXED


def quote_classes(text, offsets):
    """Where each piece stands to double quotation marks. A straight mark toggles, a curly one opens
    or closes; a new line forgets an open mark."""
    classes, inside, at = [], False, 0
    for start, end in offsets:
        if "\n" in text[at:start]:
            inside = False
        at = end
        mark = text[start:end]
        if mark == "“" or mark == "„" or mark == "«" or (mark == '"' and not inside):
            classes.append(QUOTE_OPENS)
            inside = True
        elif mark == "”" or mark == "»" or mark == '"':
            classes.append(QUOTE_CLOSES)
            inside = False
        else:
            classes.append(QUOTE_INSIDE if inside else QUOTE_OUTSIDE)
    return classes


class Tokens:
    """The pieces of one text: ids, code point offsets, features, paragraph numbers, sentences."""

    def __init__(self, text, tokenizer):
        self.text = text
        self.ids, self.offsets, self.sentences, self.paragraph, self.glued = [], [], [], [], []
        at = 0
        for number, line in enumerate(text.split("\n")):
            encoded = tokenizer.encode(line, add_special_tokens=False)
            self.ids += encoded.ids
            self.offsets += [(at + a, at + b) for a, b in encoded.offsets]
            self.paragraph += [number] * len(encoded.ids)
            self.glued += [piece.startswith("##") for piece in encoded.tokens]
            end = at
            for sentence in sentencex.segment("en", line) if line.strip() else []:
                end += len(sentence)
                self.sentences.append(end)
            at += len(line) + 1
        self.case = [case_class(text[a:b]) for a, b in self.offsets]
        self.quote = quote_classes(text, self.offsets)
        self.starts = [int(i == 0 or self.paragraph[i] != self.paragraph[i - 1]) for i in range(len(self.ids))]
        self.sentences = self._sentence_ranges()

    def _sentence_ranges(self):
        """Token ranges that cover every piece; a sentence longer than a window is cut."""
        ranges, first = [], 0
        for end in self.sentences + [len(self.text) + 1]:
            last = first
            while last < len(self.ids) and self.offsets[last][0] < end:
                last += 1
            for a in range(first, last, MAX_PIECES):
                ranges.append((a, min(last, a + MAX_PIECES)))
            first = last
        return ranges

    def flags(self, spans):
        """Pieces that share a character with one of the spans."""
        return {i for i, (a, b) in enumerate(self.offsets) if any(a < y and x < b for x, y in spans)}


def edge_rank(ids, starts, before, after):
    """How well a window ends between two sentences, the least best: where a paragraph ends, then by a hash (FNV-1a) of the
    pieces beside the edge. Copies of a text are cut alike, whatever stands before the words that they share."""
    value = 0xCBF29CE484222325
    for piece in ids[max(before[0], before[1] - BESIDE):min(after[1], after[0] + BESIDE)]:
        for byte in piece.to_bytes(4, "little"):
            value = ((value ^ byte) * 0x100000001B3) & (1 << 64) - 1
    return not starts[after[0]], value


def reading_windows(ids, starts, sentences):
    """[(start, end, own_start, own_end)] as the Rust reader cuts them: ends chosen by `edge_rank`, neighbours overlap."""
    plan, i = [], 0
    while i < len(sentences):
        start, k = sentences[i][0], i + 1
        while k < len(sentences) and sentences[k][1] - start <= MAX_PIECES:
            k += 1
        if k < len(sentences):
            ends = [end for end in range(k, i, -1) if end == k or sentences[end - 1][1] - start >= SHORTEST]
            k = min(ends, key=lambda end: edge_rank(ids, starts, sentences[end - 1], sentences[end]))
        plan.append((start, sentences[k - 1][1]))
        if k == len(sentences):
            break
        j = k
        while (j - 1 > i and sentences[k - 1][1] - sentences[j - 1][0] <= OVERLAP
               and sentences[k][1] - sentences[j - 1][0] <= MAX_PIECES):
            j -= 1
        i = j
    return _with_shares(plan)


def windows(sentences, overlap=OVERLAP, first_budget=MAX_PIECES):
    """[(start, end, own_start, own_end)]: token ranges of whole sentences, at most MAX_PIECES long
    (the first at most `first_budget`), and the part of each that is decided there: two windows meet
    in the middle of what they share."""
    plan, i, budget = [], 0, first_budget
    while i < len(sentences):
        k = i + 1
        while k < len(sentences) and sentences[k][1] - sentences[i][0] <= budget:
            k += 1
        plan.append((sentences[i][0], sentences[k - 1][1]))
        budget = MAX_PIECES
        if k == len(sentences):
            break
        j = k
        while (j - 1 > i and sentences[k - 1][1] - sentences[j - 1][0] <= overlap
               and sentences[k][1] - sentences[j - 1][0] <= MAX_PIECES):
            j -= 1
        i = j
    return _with_shares(plan)


def _with_shares(plan):
    own = [0] + [(b + c) // 2 for (_, b), (c, _) in zip(plan, plan[1:])] + [plan[-1][1] if plan else 0]
    return [(a, b, own[n], own[n + 1]) for n, (a, b) in enumerate(plan)]
